import { encodingNamed } from '../../src/main/core/spend/tokens/encoding.ts';
import { tokenSamples } from './token-samples.ts';

/** What one tokenizer made of one kind of text. */
export interface TokenTiming {
  readonly bestMs: number;
  /** Tokens of the text of run 0, for comparing. */
  readonly tokens: number;
}

type Count = (text: string) => number;

const maxRuns = 20;
/** Slow ones are not asked again and again. */
const enoughMs = 2_000;

/** Tokenizers with o200k_base, ready to count. */
const tokenizers: Readonly<Record<string, () => Promise<Count>>> = {
  tally: async () => encodingNamed('o200k_base').count,
  'js-tiktoken': async () => {
    const [{ Tiktoken }, { default: ranks }] = await Promise.all([import('js-tiktoken/lite'), import('js-tiktoken/ranks/o200k_base')]);
    const encoding = new Tiktoken(ranks);
    return (text) => encoding.encode(text, [], []).length;
  },
  'tiktoken (wasm)': async () => {
    const { get_encoding: getEncoding } = await import('tiktoken');
    const encoding = getEncoding('o200k_base');
    return (text) => encoding.encode_ordinary(text).length;
  },
  'gpt-tokenizer': async () => {
    const { countTokens } = await import('gpt-tokenizer/encoding/o200k_base');
    return (text) => countTokens(text, { disallowedSpecial: new Set() });
  },
};

if (import.meta.main) await main();

/** Run as a process of its own, so that it can be ended: arguments are the tokenizer and the sample, output a line of JSON. */
async function main(): Promise<void> {
  const [tokenizer = '', key = ''] = process.argv.slice(2);
  const count = await tokenizers[tokenizer]?.();
  const sample = tokenSamples[key];
  if (count === undefined || sample === undefined) throw new Error(`There is no ${tokenizer} or no ${key}.`);
  // Warm: a program that counts has counted before.
  for (let run = 1; run <= 2; run += 1) count(sample.isPathological ? sample.textOf(-run).slice(0, 1_000) : sample.textOf(-run));
  let [bestMs, totalMs, tokens] = [Infinity, 0, 0];
  for (let run = 0; run < maxRuns && totalMs < enoughMs; run += 1) {
    const text = sample.textOf(run);
    // Processor time: on a busy machine the clock would measure the others.
    const start = process.cpuUsage();
    const counted = count(text);
    const { user, system } = process.cpuUsage(start);
    const ms = (user + system) / 1_000;
    if (run === 0) tokens = counted;
    bestMs = Math.min(bestMs, ms);
    totalMs += ms;
  }
  const timing: TokenTiming = { bestMs, tokens };
  console.log(JSON.stringify(timing));
}
