import { describe, expect, it } from 'vitest';
import { createSectioner, estimateSectionHeight, type AnswerSection } from './answer-sections.ts';
import { createBlockSplitter } from './split-blocks.ts';

function sectionsOf(text: string): readonly AnswerSection[] {
  return createSectioner()(createBlockSplitter()(text));
}

const paragraphs = Array.from({ length: 40 }, (_, index) => `Paragraph ${String(index)}.`);

describe('createSectioner', () => {
  it('puts every block into one section, in their order, and few into each', () => {
    const sections = sectionsOf(paragraphs.join('\n\n'));
    expect(sections.flatMap(({ blocks }) => blocks.map(({ text }) => text.trim()))).toEqual(paragraphs);
    expect(sections.map(({ blocks }) => blocks.length)).toEqual([8, 8, 8, 8, 8]);
    expect(sectionsOf(Array.from({ length: 6 }, () => 'word '.repeat(300)).join('\n\n'))).toHaveLength(3);
  });

  it('leaves what is finished as it was while the answer grows', () => {
    const [split, toSections] = [createBlockSplitter(), createSectioner()];
    const text = paragraphs.join('\n\n');
    const early = toSections(split(text.slice(0, 300)));
    const late = toSections(split(text));
    expect(early.length).toBeGreaterThan(2);
    for (const [index, section] of early.slice(0, -1).entries()) expect(late[index]).toBe(section);
    expect(late[early.length - 1]?.start).toBe(early.at(-1)?.start);
  });

  it('keeps what has a diagram, and nothing else', () => {
    const diagram = '```mermaid\ngraph TD\n  A --> B\n```';
    expect(sectionsOf(diagram).map(({ isKept }) => isKept)).toEqual([true]);
    expect(sectionsOf('Write `mermaid` code:\n\n```ts\nmermaid();\n```').map(({ isKept }) => isKept)).toEqual([false]);
  });
});

describe('estimateSectionHeight', () => {
  it('grows with lines, and takes a Japanese sign for two letters', () => {
    const heightOf = (text: string): number => sectionsOf(text).reduce((sum, section) => sum + estimateSectionHeight(section), 0);
    expect(heightOf('One.\nTwo.\nThree.') - heightOf('One.')).toBe(2 * 25);
    expect(heightOf('契約の更新'.repeat(34))).toBe(heightOf('x'.repeat(340)));
  });
});
