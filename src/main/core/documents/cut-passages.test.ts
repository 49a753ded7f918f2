import { describe, expect, it } from 'vitest';
import { cutPassages, defaultPassageSizes, sizesFor, type Passage } from './cut-passages.ts';
import type { PageStart, ParsedFile, TextStructure } from './parsing/parsed-file.ts';

/** About as many as a real tokeniser makes: one for each four Latin letters, one for any other character. */
function countTokens(text: string): number {
  return text.match(/[A-Za-z]{1,4}|\S/gu)?.length ?? 0;
}

function cut(text: string, structure: TextStructure = 'markdown', pages: readonly PageStart[] = []): Passage[] {
  return [...cutPassages({ text, structure, pages }, countTokens)];
}

function textsOf(text: string, passages: readonly Passage[]): string[] {
  return passages.map(({ startOffset, endOffset }) => text.slice(startOffset, endOffset));
}

/** Everything a reader of passages relies on, whatever the text. */
function expectSound(file: Pick<ParsedFile, 'text' | 'pages' | 'structure'>): void {
  const { text, pages } = file;
  let covered = 0;
  for (const passage of cut(text, file.structure, pages)) {
    const { startOffset, endOffset } = passage;
    const content = text.slice(startOffset, endOffset);
    expect(text.slice(covered, startOffset).trim()).toBe('');
    expect(endOffset).toBeGreaterThan(covered);
    expect(content).toBe(content.trim());
    expect(content.isWellFormed()).toBe(true);
    expect(passage.tokenCount).toBeLessThanOrEqual(defaultPassageSizes.maxTokens);
    expect(passage.tokenCount).toBeGreaterThanOrEqual(countTokens(content) * 0.9);
    const starts = pages.filter(([, start]) => start <= startOffset);
    expect(passage.page).toBe(starts.at(-1)?.[0] ?? null);
    expect(pages.some(([, start]) => start > startOffset && start < endOffset)).toBe(false);
    covered = endOffset;
  }
  expect(text.slice(covered).trim()).toBe('');
}

/** Reproducible noise: a linear congruential generator (Numerical Recipes). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const fragments = [
  'a', 'word ', 'Sentence with several words. ', '\n', '\n\n', '\n# Heading\n', '\n### Deep heading\n', '\n```\n', '\n~~~~js\n', '日本語の文章です。', '🦊', '👩‍👩‍👧',
  'x'.repeat(700), ' '.repeat(300), '\t', '- item\n', '| a | b |\n', 'é', '\u3000', '…', '."\n', '\u2028', '\u00a0', 'no-space-'.repeat(200), '東'.repeat(900),
]; // prettier-ignore

describe('cutPassages', () => {
  it('covers any text in order, within the sizes, on one page each', () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const random = randomFrom(seed);
      const pages: PageStart[] = [];
      let text = '';
      const length = random(120);
      for (let index = 0; index < length; index += 1) {
        text += fragments[random(fragments.length)] ?? '';
        if (random(12) > 0) continue;
        text += '\n';
        pages.push([pages.length * 2 + 1, text.length]);
      }
      const structure = (['markdown', 'prose', 'lines'] as const)[random(3)] ?? 'prose';
      expectSound({ text, pages, structure });
    }
  });

  it.each([
    ['a megabyte without a space', 'a'.repeat(1_000_000)],
    ['a megabyte of spaces with a word at each end', `start${' '.repeat(1_000_000)}end`],
    ['a hundred thousand headings', '# h\n'.repeat(100_000)],
    ['a fence that never ends', `\`\`\`\n${'line of code;\n'.repeat(20_000)}`],
    ['emoji without a break', '🦊'.repeat(100_000)],
    ['a line of many fence marks', '`'.repeat(300_000)],
  ])('finishes on %s', (_, text) => {
    expectSound({ text, pages: [], structure: 'markdown' });
  });

  it('gives each passage the headings above it', () => {
    const filler = 'Some words about the matter. '.repeat(40);
    const text = `# Guide\n\n${filler}\n\n## Setup ##\n\n${filler}\n\n### C#  \n\n${filler}\n\n## Use\n\n${filler}`;
    expect(cut(text).map(({ headingPath }) => headingPath)).toEqual([
      ['Guide'],
      ['Guide', 'Setup'],
      ['Guide', 'Setup', 'C#'],
      ['Guide', 'Use'],
    ]);
  });

  it('keeps small sections together under what they share', () => {
    const text = '# Changes\n\n## 1.1\n\nFixed a thing.\n\n## 1.0\n\nFirst release.';
    expect(cut(text)).toMatchObject([{ startOffset: 0, endOffset: text.length, headingPath: ['Changes'] }]);
  });

  it('takes a comment in source code for no heading', () => {
    expect(cut('# not a heading\nx = 1', 'lines')[0]?.headingPath).toEqual([]);
    expect(cut('# Title\n\n```sh\n# comment\n```\n\ntext')[0]?.headingPath).toEqual(['Title']);
  });

  it('keeps a code fence whole where it fits', () => {
    const fence = `\`\`\`\n${'const value = compute();\n\n'.repeat(25)}\`\`\``;
    const text = `${'Words before it. '.repeat(60)}\n\n${fence}\n\n${'Words after it. '.repeat(60)}`;
    expect(textsOf(text, cut(text)).some((passage) => passage.includes(fence))).toBe(true);
  });

  it('splits a long paragraph between sentences and repeats the last one', () => {
    const sentences = Array.from({ length: 120 }, (_, index) => `Sentence number ${index} says a little more.`);
    const passages = textsOf(sentences.join(' '), cut(sentences.join(' '), 'prose'));
    expect(passages.length).toBeGreaterThan(2);
    for (const [index, passage] of passages.entries()) {
      expect(passage).toMatch(/^Sentence number .* more\.$/s);
      const before = passages[index - 1];
      if (before !== undefined) expect(before.endsWith(passage.slice(0, passage.indexOf('.') + 1))).toBe(true);
    }
  });

  it('does not end a sentence where a line of a PDF ends', () => {
    const sentence = 'The quick brown fox jumps over\nthe lazy dog near the river\nbank every single day.';
    const text = Array.from({ length: 60 }, () => sentence).join('\n');
    for (const passage of textsOf(text, cut(text, 'prose'))) expect(passage).toMatch(/^The quick.*day\.$/s);
  });

  it('splits Japanese between sentences', () => {
    const text = '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。'.repeat(60);
    for (const passage of textsOf(text, cut(text, 'prose'))) expect(passage.endsWith('。')).toBe(true);
  });

  it('has no passage for a text without words', () => {
    expect(cut(' \n\n\t\u3000\n')).toEqual([]);
  });

  it.each(['| Item %n. Blue | 12 euros. Net | in stock |', 'Item %n. Blue | 12 euros. Net | in stock'])(
    'never cuts a row of a table that fits: %s',
    (row) => {
      const rows = Array.from({ length: 200 }, (_, index) => row.replace('%n', String(index)));
      const text = `# Prices\n\n${rows.join('\n')}`;
      const texts = textsOf(text, cut(text));
      expect(texts.length).toBeGreaterThan(3);
      for (const passage of texts)
        for (const line of passage.split('\n').slice(passage.startsWith('#') ? 2 : 0)) expect(rows).toContain(line);
    },
  );

  it('follows the chosen sizes, and looks at sections only when asked to', () => {
    const section = (index: number): string => `## Section ${index}\n\n${'Some words of it. '.repeat(30)}`;
    const text = Array.from({ length: 12 }, (_, index) => section(index)).join('\n\n');
    const settings = { maxTokens: 800, overlapTokens: 0 };
    const cutWith = (onStructure: boolean): string[] =>
      textsOf(text, [...cutPassages({ text, structure: 'markdown', pages: [] }, countTokens, sizesFor({ ...settings, onStructure }))]);
    const whole = cutWith(false);
    expect(Math.max(...whole.map(countTokens))).toBeLessThanOrEqual(800);
    expect(whole.length).toBeLessThan(cutWith(true).length);
    for (const passage of cutWith(true)) expect(passage).toMatch(/^## Section/);
  });
});
