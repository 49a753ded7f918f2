import { Worker } from 'node:worker_threads';

/** Often enough that a stream which inflates at a gigabyte a second is caught in time. */
const intervalMs = 50;

/** As text: a thread of one line is not worth a file in every build. */
const watch = `
const { workerData } = require('node:worker_threads');
setInterval(() => {
  if (process.memoryUsage.rss() > workerData.maxBytes) process.kill(process.pid, 'SIGKILL');
}, workerData.intervalMs);`;

/**
 * Ends this process, at once, when it holds more than `maxBytes` of memory. The cap on the heap does not count buffers,
 * into which parsers inflate what a file holds; and only a thread of its own runs while a parser blocks this one.
 */
export function limitMemory(maxBytes: number): void {
  new Worker(watch, { eval: true, workerData: { maxBytes, intervalMs }, execArgv: [], stdout: false, stderr: false }).unref();
}
