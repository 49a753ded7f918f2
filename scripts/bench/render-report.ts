import { availableParallelism, loadavg } from 'node:os';
import type { PageTiming } from './page-probe.ts';
import type { ThreadCpu } from './thread-cpu.ts';

/** By the clock, and by the processor. */
export type Timing = PageTiming & ThreadCpu;

/** How a page kept up with a long answer, and an empty page in the same browser before. */
export interface Rendering {
  readonly idle: Timing;
  readonly streaming: Timing;
  /** Bytes of the page's heap after a collection, from the first words of the answer to its end. */
  readonly heapBytes: readonly number[];
  readonly openMs: number;
  /** The machine's load before any of it. */
  readonly loadBefore: number;
}

const limits = { frameMs: 16.7, taskMs: 50, inputMs: 30, growthBytes: 12 * 2 ** 20 };

/** Prints what was measured and whether the limits are held; returns whether all are, by the clock. */
export function reportRendering({ idle, streaming, heapBytes, openMs, loadBefore }: Rendering): boolean {
  const loads = [loadBefore, loadavg()[0] ?? 0].map((load) => load.toFixed(1));
  console.log(`Load of the machine: ${loads.join(' before, ')} after, on ${availableParallelism()} processors.`);
  console.log(`Opened in ${openMs.toFixed(0)} ms.\n`);
  console.log(row(['milliseconds', 'idle p50', 'p95', 'p99', 'app p50', 'p95', 'p99', 'longest']));
  console.log(rowOf('between frames', idle.intervalsMs, streaming.intervalsMs));
  console.log(rowOf('work for a frame', idle.workMs, streaming.workMs));
  console.log(rowOf('  processor time', idle.framesMs, streaming.framesMs));
  console.log(rowOf('key to handler', [], streaming.inputDelaysMs));
  console.log(rowOf('key to frame', [], streaming.inputToFrameMs));
  const [longest, longestCpu] = [longestOf(streaming.longTasksMs), longestOf(streaming.tasksMs)];
  const longCpu = streaming.tasksMs.filter((ms) => ms >= limits.taskMs).length;
  console.log(
    `\nTasks of ${limits.taskMs} ms or more: ${streaming.longTasksMs.length} (idle page: ${idle.longTasksMs.length}), ${longCpu} by processor time.`,
  );
  console.log(`The longest: ${longest.toFixed(0)} ms; by processor time ${longestCpu.toFixed(0)} ms.`);
  for (const [name, values] of [
    ['Between frames', 'intervalsMs'],
    ['Processor time of a frame', 'framesMs'],
  ] as const) {
    const ratio = percentile(streaming[values], 0.95) / percentile(idle[values], 0.95);
    console.log(`${name}, p95: ${ratio.toFixed(2)} times that of an empty page in the same browser.`);
  }
  console.log(`Heap after collections, MB: ${heapBytes.map((bytes) => (bytes / 2 ** 20).toFixed(1)).join(', ')}.`);
  const growth = (heapBytes.at(-1) ?? 0) - (heapBytes[0] ?? 0);
  const results = [
    result('work for a frame, p95', percentile(streaming.workMs, 0.95), limits.frameMs),
    result('longest task', longest, limits.taskMs),
    result('key to handler, p95', percentile(streaming.inputDelaysMs, 0.95), limits.inputMs),
    result('growth of the heap, MB', growth / 2 ** 20, limits.growthBytes / 2 ** 20),
  ];
  console.log('\nBy processor time alone, without what other programs and the drawing process took:');
  result('work for a frame, p95', percentile(streaming.framesMs, 0.95), limits.frameMs);
  result('longest task', longestCpu, limits.taskMs);
  return results.every(Boolean);
}

function result(what: string, value: number, limit: number): boolean {
  console.log(`${value < limit ? 'Holds' : 'MISSED'}: ${what}: ${value.toFixed(1)}, limit ${limit}`);
  return value < limit;
}

function longestOf(values: readonly number[]): number {
  return values.reduce((longest, value) => Math.max(longest, value), 0);
}

function rowOf(name: string, idle: readonly number[], app: readonly number[]): string {
  const shares = [0.5, 0.95, 0.99];
  const cells = [...shares.map((share) => percentile(idle, share)), ...shares.map((share) => percentile(app, share)), longestOf(app)];
  return row([name, ...cells.map((ms) => ms.toFixed(1))]);
}

function row([name = '', ...cells]: readonly string[]): string {
  return name.padEnd(18) + cells.map((cell) => cell.padStart(10)).join('');
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
}
