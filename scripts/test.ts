// `npm test`: every check of the project, fast ones first. Ends with one line, `N passed, M failed`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { provideBrowser } from './provide-browser.ts';

const results = 'test-results';
const unitReport = path.join(results, 'unit.json');
const e2eReport = path.join(results, 'e2e.json');

interface Tally {
  readonly passed: number;
  readonly failed: number;
}

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Reads how many tests ran; a step without one counts as one test. */
  readonly count?: () => Tally;
}

const steps: readonly Step[] = [
  { name: 'format', command: ['oxfmt', '--check', '.'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'types', command: ['tsc', '-b'] },
  { name: 'layers', command: ['depcruise', 'src', 'e2e', 'tests', 'scripts', '--config', '.dependency-cruiser.cjs'] },
  { name: 'unused code', command: ['knip'] },
  { name: 'build', command: ['electron-vite', 'build'] },
  { name: 'unit', command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile=${unitReport}`], count: countUnit },
  {
    name: 'e2e',
    command: ['playwright', 'test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: e2eReport },
    count: countE2e,
  },
];

function countUnit(): Tally {
  const report = z.object({ numPassedTests: z.int(), numFailedTests: z.int() }).parse(JSON.parse(readFileSync(unitReport, 'utf8')));
  return { passed: report.numPassedTests, failed: report.numFailedTests };
}

function countE2e(): Tally {
  const schema = z.object({ stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int() }) });
  const { stats } = schema.parse(JSON.parse(readFileSync(e2eReport, 'utf8')));
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}

/** Runs one step in the foreground. A step that fails without a failing test (a crash, an unreadable report) counts as one failure. */
function runStep(step: Step): Tally {
  const [tool = '', ...args] = step.command;
  const started = performance.now();
  console.log(`\n── ${step.name}`);
  const env = { ...process.env, ...step.env };
  // A shell is needed on Windows, where the tools are .cmd files.
  const { status } = spawnSync(tool, args, { stdio: 'inherit', env, shell: process.platform === 'win32' });
  const tally = status === 0 && step.count === undefined ? { passed: 1, failed: 0 } : readCount(step);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  console.log(`── ${step.name}: ${tally.passed} passed, ${tally.failed} failed, ${seconds} s`);
  return status === 0 || tally.failed > 0 ? tally : { ...tally, failed: 1 };
}

function readCount(step: Step): Tally {
  try {
    return step.count?.() ?? { passed: 0, failed: 1 };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
provideBrowser();
const tallies = steps.map(runStep);
const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > steps.length ? 0 : 1;
