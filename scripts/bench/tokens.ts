import { execFile } from 'node:child_process';
import path from 'node:path';
import type { TokenTiming } from './time-tokenizer.ts';
import { tokenSamples, type TokenSample } from './token-samples.ts';

const ours = 'tally';
/** OpenAI's own, compiled to WebAssembly. */
const reference = 'tiktoken (wasm)';
const rivals = ['gpt-tokenizer', reference, 'js-tiktoken'] as const;
/** A tokenizer that takes longer for its runs is ended. */
const limitMs = 30_000;
const maxPathologicalMs = 100;

/** Times of one sample, by tokenizer; null: not done within the limit. */
interface Row {
  readonly sample: TokenSample;
  readonly timings: ReadonlyMap<string, TokenTiming | null>;
}

/**
 * Counts every sample with every tokenizer, each in a process of its own and one after another, prints the best of several
 * runs, and says whether Tally's counter is as fast as it has to be. Sets the exit code to 1 when it is not, or counts differ.
 */
export async function benchTokens(): Promise<void> {
  console.log(
    `Processor time in milliseconds for one text, warm, each text another; o200k_base. Ended after ${limitMs / 1000} s of all runs.\n`,
  );
  console.log(columns(['', ours, ...rivals, 'tokens']));
  const failures: string[] = [];
  for (const [key, sample] of Object.entries(tokenSamples)) {
    const timings = new Map<string, TokenTiming | null>();
    for (const tokenizer of [ours, ...rivals]) timings.set(tokenizer, await timeInChild(tokenizer, key));
    const row = { sample, timings };
    console.log(columns([sample.name, ...[ours, ...rivals].map((name) => msText(timings.get(name))), String(timings.get(ours)?.tokens)]));
    failures.push(...failuresOf(row));
  }
  console.log(
    failures.length === 0
      ? '\nFaster than all on texts without breaks, none above 100 ms, and not slower than gpt-tokenizer on the others.'
      : '',
  );
  for (const failure of failures) console.log(failure);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

function failuresOf({ sample, timings }: Row): string[] {
  const own = timings.get(ours);
  if (!own) return [`${sample.name}: not counted`];
  const failures: string[] = [];
  for (const rival of rivals) {
    const theirs = timings.get(rival);
    // The others stray from the reference where a text holds a byte order mark.
    if (rival === reference && theirs && theirs.tokens !== own.tokens)
      failures.push(`${sample.name}: the reference counts ${theirs.tokens}`);
    const isRival = sample.isPathological || rival === 'gpt-tokenizer';
    if (isRival && theirs && theirs.bestMs < own.bestMs) failures.push(`${sample.name}: slower than ${rival}`);
  }
  if (sample.isPathological && own.bestMs > maxPathologicalMs) failures.push(`${sample.name}: above ${maxPathologicalMs} ms`);
  return failures;
}

async function timeInChild(tokenizer: string, sample: string): Promise<TokenTiming | null> {
  const program = path.join(import.meta.dirname, 'time-tokenizer.ts');
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, tokenizer, sample], { timeout: limitMs, killSignal: 'SIGKILL' }, (error, stdout) => {
      // Our own program's line, typed there.
      if (error === null) resolve(JSON.parse(stdout) as TokenTiming);
      else if (error.killed === true) resolve(null);
      else reject(error);
    });
  });
}

function msText(timing: TokenTiming | null | undefined): string {
  return timing ? timing.bestMs.toFixed(timing.bestMs < 10 ? 1 : 0) : `> ${limitMs}`;
}

function columns([first = '', ...others]: readonly string[]): string {
  return first.padEnd(34) + others.map((text) => text.padStart(16)).join('');
}
