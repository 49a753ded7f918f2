import { globSync, readFileSync } from 'node:fs';
import { seededRandom } from '../../tests/seeded-random.ts';

/** A kind of text that tokenizers are timed on. */
export interface TokenSample {
  readonly name: string;
  /** Without word breaks: what an implementation that looks for the next merge from the beginning each time takes minutes for. */
  readonly isPathological: boolean;
  /** A text for each run, none like another, so that nobody lives off having seen the whole text before. */
  readonly textOf: (run: number) => string;
}

const naturalLength = 500_000;
const letters = 'abcdefghijklmnopqrstuvwxyz';

/** The samples by their key on the command line. */
export const tokenSamples: Readonly<Record<string, TokenSample>> = {
  english: { name: 'English, 500,000 characters', isPathological: false, textOf: natural('node_modules/*/README.md') },
  code: { name: 'code, 500,000 characters', isPathological: false, textOf: natural('node_modules/undici/lib/**/*.js') },
  japanese: { name: 'Japanese, 100,000 characters', isPathological: false, textOf: (run) => cjk(run, 100_000, 'の、は。をにがとで') },
  chinese: { name: 'Chinese, 100,000 characters', isPathological: false, textOf: (run) => cjk(run, 100_000, '的，是。了在') },
  letter: {
    name: '100,000 times one letter',
    isPathological: true,
    textOf: (run) => (letters.at(run % letters.length) ?? 'a').repeat(100_000),
  },
  ideographs: { name: '14,000 ideographs without a break', isPathological: true, textOf: (run) => cjk(run, 14_000, '') },
  spaces: { name: '100,000 spaces', isPathological: true, textOf: (run) => `${' '.repeat(100_000)}${run}` },
};

/** Lines of real files, in another order each run. */
function natural(pattern: string): TokenSample['textOf'] {
  let lines: readonly string[] | null = null;
  return (run) => {
    lines ??= globSync(pattern)
      .toSorted()
      .flatMap((file) => readFileSync(file, 'utf8').split(/(?<=\n)/u));
    const random = seededRandom(run);
    let text = '';
    while (text.length < naturalLength) text += lines[Math.floor(random() * lines.length)] ?? '';
    return text.slice(0, naturalLength);
  };
}

/** Common ideographs and, every few of them, one of the function words or marks. */
function cjk(run: number, length: number, between: string): string {
  const random = seededRandom(run);
  let text = '';
  while (text.length < length) {
    if (between !== '' && random() < 0.25) text += between[Math.floor(random() * between.length)] ?? '';
    else text += String.fromCodePoint(0x4e_00 + Math.floor(random() ** 2 * 12_000));
  }
  return text;
}
