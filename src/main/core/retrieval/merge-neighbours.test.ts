import { expect, it } from 'vitest';
import { mergeNeighbours, type Mergeable } from './merge-neighbours.ts';
import type { Chosen } from './select-passages.ts';

/** `document.position`: 100 code units with one of white space behind. */
function chosen(name: string, { page = null }: { page?: number | null } = {}): Chosen<Mergeable & { name: string }> {
  const [documentId = '', place = '0'] = name.split('.');
  const position = Number(place);
  const startOffset = position * 101;
  return { passage: { name, documentId, position, page }, startOffset, endOffset: startOffset + 100, text: name };
}

const stretchesOf = (passages: readonly ReturnType<typeof chosen>[], between = ' ') =>
  mergeNeighbours(passages, () => between).map(({ passages: own, startOffset, endOffset }) => [
    own.map(({ name }) => name).join(' '),
    startOffset,
    endOffset,
  ]);

it('joins passages that follow each other, and orders by the best of each', () => {
  expect(stretchesOf(['a.5', 'b.1', 'a.3', 'c.0', 'b.0', 'a.4'].map((name) => chosen(name)))).toEqual([
    ['a.5 a.3 a.4', 303, 605],
    ['b.1 b.0', 0, 201],
    ['c.0', 0, 100],
  ]);
});

it('keeps apart what another passage, another text, another page or another document lies between', () => {
  expect(stretchesOf([chosen('a.0'), chosen('a.2')])).toHaveLength(2);
  expect(stretchesOf([chosen('a.0'), chosen('a.1')], ' left out ')).toHaveLength(2);
  expect(stretchesOf([chosen('a.0', { page: 1 }), chosen('a.1', { page: 2 })])).toHaveLength(2);
  expect(stretchesOf([chosen('a.0'), chosen('b.1')])).toHaveLength(2);
});
