// `npm run demo`: Tally on a throw-away profile with a year of sample data, which is gone when it ends.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { claimDataDir } from '../src/main/core/db/data-dir-lock.ts';
import { createTokenCounter } from '../src/main/core/spend/tokens/token-counter.ts';
import { answerLive } from './demo/answer-live.ts';
import { fillProfile } from './demo/fill-profile.ts';
import type { SampleLanguage } from './demo/read-talks.ts';
import { createSampleModel } from './demo/sample-model.ts';
import { serveSampleModel } from './demo/serve-sample-model.ts';

const usage = 'Usage: npm run demo -- [--lang en|ja] [--port NUMBER] [--no-open]';
const prefix = 'tally-demo-';
const startScript = path.join(import.meta.dirname, 'start.mjs');

interface Flags {
  readonly language: SampleLanguage;
  /** What the start script is given as it is. */
  readonly passedOn: readonly string[];
}

/** Throws on a command line that is not understood. */
function readFlags(): Flags {
  const options = { lang: { type: 'string' }, port: { type: 'string' }, 'no-open': { type: 'boolean', default: false } } as const;
  const { values } = parseArgs({ options });
  const language = values.lang ?? languageOf(new Intl.DateTimeFormat().resolvedOptions().locale);
  if (language !== 'en' && language !== 'ja') throw new Error('There is no sample in that language.');
  const port = values.port === undefined ? [] : [`--port=${values.port}`];
  return { language, passedOn: [...port, ...(values['no-open'] ? ['--no-open'] : [])] };
}

function languageOf(locale: string): SampleLanguage {
  return locale.startsWith('ja') ? 'ja' : 'en';
}

/** Removes what demos left whose process was killed. The name says whose it was. */
function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir()).filter((each) => each.startsWith(prefix))) {
    const owner = Number(name.slice(prefix.length).split('-')[0]);
    const folder = path.join(tmpdir(), name);
    // Tally may have outlived the process that started it.
    const claim = Number.isInteger(owner) && !isRunning(owner) ? claimDataDir(folder) : null;
    if (claim === null) continue;
    claim.release();
    rmSync(folder, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs, and is somebody else's.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Resolves with the exit code of the child; signals to this process are the child's. */
function endOf(child: ChildProcess): Promise<number> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal));
  return new Promise((resolve) => {
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function run({ language, passedOn }: Flags): Promise<number> {
  removeLeftovers();
  const dataDir = mkdtempSync(path.join(tmpdir(), `${prefix}${process.pid}-`));
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }));
  const interrupted = (): never => process.exit(130);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, interrupted);
  process.stderr.write('Writing a year of sample data; this takes a few seconds.\n');
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  await fillProfile({ dataDir, language, now: Date.now(), timeZone, extent: 'year' });
  const tokenCounter = createTokenCounter();
  const pause = (pauseMs: number, signal: AbortSignal): Promise<void> => sleep(pauseMs, undefined, { signal });
  const server = await serveSampleModel(createSampleModel({ tokenCounter, replyTo: answerLive, pause }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupted);
  const args = [startScript, `--data-dir=${dataDir}`, `--sample=${server.url}`, ...passedOn];
  const code = await endOf(spawn(process.execPath, args, { stdio: 'inherit' }));
  await server.close();
  await tokenCounter.close();
  return code;
}

async function main(): Promise<number> {
  let flags: Flags;
  try {
    flags = readFlags();
  } catch {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  return run(flags);
}

process.exit(await main());
