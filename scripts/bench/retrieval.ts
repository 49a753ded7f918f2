import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { buildSearchData } from './build-search-data.ts';
import type { EngineTiming } from './time-search-engine.ts';

const data = { passageCount: 100_000, dimensions: 1_536, questionCount: 101 };
const maxHybridMs = 60;
const minRecall = 0.99;
const engineNames = ['tally', 'sqlite-vec', 'fts5'] as const;
const does: Readonly<Record<(typeof engineNames)[number], string>> = {
  tally: 'Tally: words and vectors, fused and read',
  'sqlite-vec': 'sqlite-vec: the 10 nearest vectors',
  fts5: 'FTS5: the 50 best of 8 words, OR',
};

/**
 * Asks the same questions of Tally's whole search, of plain sqlite-vec and of plain FTS5, over the same passages, each in a
 * process of its own and one after another. sqlite-vec compares every vector, so what it finds is what recall is measured
 * against. Sets the exit code to 1 when Tally is slower or finds less than it should.
 */
export async function benchRetrieval(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'tally-bench-'));
  try {
    const startedAt = performance.now();
    buildSearchData(dir, data);
    const { passageCount, dimensions, questionCount } = data;
    console.log(
      `${passageCount} passages of 150 words with vectors of ${dimensions}, made in ${((performance.now() - startedAt) / 1000).toFixed(0)} s; ${questionCount} questions of 8 words.`,
    );
    console.log(
      `Milliseconds a question. Load of the machine before: ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors.\n`,
    );
    console.log(row(['', 'first', 'p50', 'p95', 'cpu p50', 'cpu p95', 'memory']));
    const timings = new Map<string, EngineTiming>();
    for (const name of engineNames) {
      const timing = await timeInChild(dir, name);
      timings.set(name, timing);
      console.log(rowOf(does[name], timing));
    }
    // The same process again: the codes made the first time are read.
    const next = await timeInChild(dir, 'tally');
    console.log(`\nLoaded ahead after documents were embedded: ${aheadOf(timings.get('tally'))}; after a later start: ${aheadOf(next)}.`);
    report(timings);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function timeInChild(dir: string, engine: string): Promise<EngineTiming> {
  const program = path.join(import.meta.dirname, 'time-search-engine.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, dir, engine], { maxBuffer: 2 ** 26 });
  // Written by the program above as an EngineTiming.
  return JSON.parse(stdout) as EngineTiming;
}

function report(timings: ReadonlyMap<string, EngineTiming>): void {
  const found = timings.get('tally')?.nearest ?? [];
  const exact = timings.get('sqlite-vec')?.nearest ?? [];
  const shares = exact.map((rowIds, index) => rowIds.filter((rowId) => found[index]?.includes(rowId)).length / rowIds.length);
  const recall = shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length);
  const p95 = percentile(timings.get('tally')?.cpuMs ?? [], 0.95);
  console.log(`\nRecall@10 of Tally's vectors against comparing all of them: ${recall.toFixed(3)}.`);
  const isGood = recall >= minRecall && p95 < maxHybridMs;
  console.log(
    isGood
      ? `Within ${maxHybridMs} ms (cpu p95) and above ${minRecall}.`
      : `Not within ${maxHybridMs} ms (cpu p95), or not above ${minRecall}.`,
  );
  process.exitCode = isGood ? 0 : 1;
}

function aheadOf(timing: EngineTiming | undefined): string {
  const ahead = timing?.ahead ?? null;
  if (ahead === null) return 'nothing';
  const { wallMs, stalls } = ahead;
  return `${Math.round(wallMs)} ms, other work kept waiting ${stalls.longestMs.toFixed(1)} ms at most (${stalls.longestCpuMs.toFixed(1)} by the processor)`;
}

function rowOf(name: string, { firstMs, wallMs, cpuMs, residentBytes }: EngineTiming): string {
  const times = [firstMs, percentile(wallMs, 0.5), percentile(wallMs, 0.95), percentile(cpuMs, 0.5), percentile(cpuMs, 0.95)];
  return row([name, ...times.map((ms) => ms.toFixed(1)), `${Math.round(residentBytes / 1e6)} MB`]);
}

function row([name = '', ...cells]: readonly string[]): string {
  return name.padEnd(42) + cells.map((cell) => cell.padStart(10)).join('');
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
