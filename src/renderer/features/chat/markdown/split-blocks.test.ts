import { describe, expect, it } from 'vitest';
import { createBlockSplitter } from './split-blocks.ts';

function textsOf(text: string): string[] {
  return createBlockSplitter()(text).map((block) => block.text.trim());
}

const mixed = [
  '# Title',
  'A paragraph\nof two lines.',
  '- one\n\n- two\n\n  more of two',
  '```js\nconst a = 1;\n\nconst b = 2;\n```',
  '$$\na\n\nb\n$$',
  '> quoted\n> more',
  '| a | b |\n| - | - |\n| 1 | 2 |',
  '契約の更新について。',
  '~~~\n```\n\nnot the end\n~~~',
  '1. first\n\n2. second',
  'The end.',
];

describe('createBlockSplitter', () => {
  it('cuts between blocks and never inside code, formulas and lists', () => {
    expect(textsOf(mixed.join('\n\n'))).toEqual(mixed);
  });

  it('comes to the same whether the text arrives at once or piece by piece', () => {
    const text = `${mixed.join('\n\n')}\n\n[^1]: note\n    more\n[^2]: second\n\n${'word '.repeat(4_000)}\n\n\`\`\`py\n${'x = 1\n'.repeat(3_000)}`;
    const split = createBlockSplitter();
    for (let end = 0; end < text.length; end += 1 + ((end * 7_919) % 293)) split(text.slice(0, end));
    expect(split(text)).toEqual(createBlockSplitter()(text));
  });

  it('keeps finished blocks as they are while more is written', () => {
    const split = createBlockSplitter();
    const [first] = split('One.\n\nTwo\n');
    expect(split('One.\n\nTwo\nand more')[0]).toBe(first);
  });

  it('starts anew with another text', () => {
    const split = createBlockSplitter();
    split('One.\n\nTwo.');
    expect(split('Other.').map(({ text }) => text)).toEqual(['Other.']);
  });

  it('loses nothing of an endless line, and keeps its pieces short', () => {
    const line = '𠮷'.repeat(20_000);
    const blocks = createBlockSplitter()(`before\n\n${line}\n\nafter`);
    expect(blocks.map(({ kind }) => kind)).toEqual(['markdown', ...blocks.slice(2).map(() => 'plain'), 'markdown']);
    expect(
      blocks
        .slice(1, -1)
        .map(({ text }) => text.trim())
        .join(''),
    ).toBe(line);
    for (const { text } of blocks) {
      expect(text.length).toBeLessThanOrEqual(8_001);
      expect(text.isWellFormed()).toBe(true);
    }
  });

  it('gives each part of a long table its heads, and of long code its language', () => {
    const table = `| a | b |\n| - | - |\n${'| one | two |\n'.repeat(3_000)}`;
    const tables = createBlockSplitter()(table);
    expect(tables.length).toBeGreaterThan(2);
    for (const { text } of tables) expect(text.startsWith('| a | b |\n| - | - |\n| one')).toBe(true);
    const codes = createBlockSplitter()(`\`\`\`py\n${'x = 1\n'.repeat(3_000)}\`\`\`\n\nafter`);
    expect(codes.at(-1)?.text.trim()).toBe('after');
    for (const { text } of codes.slice(0, -1)) expect(text.startsWith('```py\nx = 1\n')).toBe(true);
  });

  it('takes footnotes out, one by one', () => {
    expect(createBlockSplitter()('Text[^a].\n\n[^a]: One.\n[^b]: Two.\n').map(({ kind, text }) => [kind, text.trim()])).toEqual([
      ['markdown', 'Text[^a].'],
      ['note', '[^a]: One.'],
      ['note', '[^b]: Two.'],
    ]);
  });
});
