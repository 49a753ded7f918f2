import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { PDFParse } from 'pdf-parse';
import { startEmbeddingServer } from './embedding-server.ts';
import { writeBenchFolder, writeBenchPdf, type BenchFile } from './indexing-files.ts';
import type { IndexingTiming } from './time-indexing.ts';

const maxStallMs = 50;
/** A provider far away: what it takes for a reply, and as many files as that is measured with. */
const farReplyMs = 300;
const farFileCount = { whole: 500, small: 20 } as const;
const sizes = { whole: { pageCount: 1_000, fileCount: 5_000 }, small: { pageCount: 60, fileCount: 100 } } as const;

/**
 * Adds a PDF of 1,000 pages, and a folder of 5,000 Markdown files, to a whole core in a process of its own, as the page does,
 * with an embedding model on a socket; then some of the files again with a provider that takes 300 ms for each reply. Tells the time until all was taken over, read and embedded, and how long the core's
 * event loop was kept from other work at most, by the clock and by the processor's time, once libraries and tokenizer are loaded
 * (which the first file of all pays for, in the last column); beside it the bare parser on the same PDF. Sets the exit code to 1 when a stall
 * reaches 50 ms of the processor's time. With `--small`, fewer of both.
 */
export async function benchIndexing(): Promise<void> {
  const dir = mkdtempSync(path.join(tmpdir(), 'tally-bench-'));
  const [server, farServer] = [await startEmbeddingServer(), await startEmbeddingServer({ replyAfterMs: farReplyMs })];
  try {
    const size = process.argv.includes('--small') ? 'small' : 'whole';
    const { pageCount, fileCount } = sizes[size];
    const pdf = await writeBenchPdf(dir, pageCount);
    const folder = writeBenchFolder(dir, fileCount);
    console.log(`Load of the machine before: ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} processors.`);
    console.log(`The bare parser (pdf-parse), ${pageCount} pages: ${((await timeBareParser(pdf)) / 1_000).toFixed(1)} s.\n`);
    console.log(row(['', 'taken over', 'read', 'embedded', 'passages', 'passages/s', 'tokens', 'stall', 'stall cpu', 'p99', 'first use']));
    const timings = [];
    for (const { name, files, baseUrl } of [
      { name: `PDF, ${pageCount} pages`, files: [pdf], baseUrl: server.baseUrl },
      { name: `${fileCount} Markdown files`, files: folder, baseUrl: server.baseUrl },
      { name: `${farFileCount[size]} files, far away`, files: folder.slice(0, farFileCount[size]), baseUrl: farServer.baseUrl },
    ]) {
      const timing = await timeInChild(dir, files, baseUrl);
      timings.push(timing);
      console.log(rowOf(name, timing));
    }
    report(timings);
  } finally {
    server.close();
    farServer.close();
    rmSync(dir, { recursive: true });
  }
}

async function timeInChild(dir: string, files: readonly BenchFile[], baseUrl: string): Promise<IndexingTiming> {
  const listFile = path.join(dir, 'files.json');
  writeFileSync(listFile, JSON.stringify(files));
  const program = path.join(import.meta.dirname, 'time-indexing.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [program, listFile, baseUrl], { maxBuffer: 2 ** 26 });
  // Written by the program above as an IndexingTiming.
  return JSON.parse(stdout) as IndexingTiming;
}

/** Milliseconds pdf-parse takes for the text of every page. */
async function timeBareParser(pdf: BenchFile): Promise<number> {
  const data = new Uint8Array(readFileSync(pdf.path));
  const startedAt = performance.now();
  await new PDFParse({ data }).getText();
  return performance.now() - startedAt;
}

function report(timings: readonly IndexingTiming[]): void {
  const failed = timings.reduce((sum, { failedCount }) => sum + failedCount, 0);
  const longest = Math.max(...timings.map(({ stalls }) => stalls.longestCpuMs));
  const isGood = failed === 0 && longest < maxStallMs;
  console.log(`\n${failed} failed. Longest stall ${longest.toFixed(0)} ms (cpu), ${isGood ? 'below' : 'NOT below'} ${maxStallMs} ms.`);
  process.exitCode = isGood ? 0 : 1;
}

function rowOf(name: string, timing: IndexingTiming): string {
  const { takenOverMs, readMs, embeddedMs, passageCount, tokenCount, stalls, firstStalls } = timing;
  const seconds = [takenOverMs, readMs, embeddedMs].map((ms) => `${(ms / 1_000).toFixed(1)} s`);
  const perSecond = (passageCount / (embeddedMs / 1_000)).toFixed(0);
  const stallTimes = [stalls.longestMs, stalls.longestCpuMs, stalls.p99Ms, firstStalls.longestCpuMs].map((ms) => `${ms.toFixed(1)} ms`);
  return row([name, ...seconds, String(passageCount), perSecond, String(tokenCount), ...stallTimes]);
}

function row([name = '', ...cells]: readonly string[]): string {
  return name.padEnd(24) + cells.map((cell) => cell.padStart(12)).join('');
}
