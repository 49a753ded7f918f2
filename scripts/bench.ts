import { Tiktoken } from 'js-tiktoken/lite';
import o200kBase from 'js-tiktoken/ranks/o200k_base';
import { encodingNamed } from '../src/main/core/spend/tokens/encoding.ts';

interface Sample {
  readonly name: string;
  readonly text: string;
  /** js-tiktoken is quadratic in runs without a word break and would take minutes. */
  readonly isTooMuchForReference?: boolean;
}

/** Sentences whose words change, so that no tokenizer lives off its cache alone. */
function sentences(words: readonly string[], joint: string, length: number): string {
  const parts: string[] = [];
  for (let index = 0; parts.length * 8 < length; index += 1) {
    parts.push(`${words[(index * 7) % words.length]}${joint}${words[(index * 13 + 5) % words.length]}${index % 97}`);
  }
  return parts.join(joint).slice(0, length);
}

const english = 'the quick brown fox jumps over a lazy dog while retrieval augmented generation counts every single token exactly'.split(
  ' ',
);
const code = 'const function return await import export interface readonly number string Promise<void> => {}; if (x !== null)'.split(' ');
const japanese = ['文書を', '検索して', '回答の', '費用を', 'トークン単位で', '正確に', '表示する', 'アプリケーション', 'です。', '東京'];

const samples: readonly Sample[] = [
  { name: 'English, 500 kB', text: sentences(english, ' ', 500_000) },
  { name: 'code, 500 kB', text: sentences(code, '\n  ', 500_000) },
  { name: 'Japanese, 50k characters', text: sentences(japanese, '', 50_000) },
  { name: '2,000 "a"', text: 'a'.repeat(2_000) },
  { name: '100,000 "a"', text: 'a'.repeat(100_000), isTooMuchForReference: true },
  { name: '100,000 spaces', text: ' '.repeat(100_000), isTooMuchForReference: true },
];

function timed<T>(work: () => T): { result: T; ms: number } {
  const start = performance.now();
  const result = work();
  return { result, ms: performance.now() - start };
}

/** Counts the samples with both tokenizers, once each and cold, and says so when they disagree. */
function benchTokens(): void {
  const ours = timed(() => encodingNamed('o200k_base'));
  const theirs = timed(() => new Tiktoken(o200kBase));
  console.log(`load: ours ${ours.ms.toFixed(0)} ms, js-tiktoken ${theirs.ms.toFixed(0)} ms`);
  for (const { name, text, isTooMuchForReference } of samples) {
    const own = timed(() => ours.result.count(text));
    const reference = isTooMuchForReference ? null : timed(() => theirs.result.encode(text, [], []).length);
    if (reference && reference.result !== own.result)
      throw new Error(`${name}: ${own.result} tokens, js-tiktoken says ${reference.result}`);
    const beside = reference ? `${reference.ms.toFixed(0)} ms` : 'not run (minutes)';
    console.log(`${name}: ${own.result} tokens, ours ${own.ms.toFixed(0)} ms, js-tiktoken ${beside}`);
  }
}

const benches: Readonly<Record<string, () => void>> = { tokens: benchTokens };
const bench = benches[process.argv[2] ?? ''];
if (bench) {
  bench();
} else {
  console.error(`Usage: npm run bench -- ${Object.keys(benches).join(' | ')}`);
  process.exitCode = 1;
}
