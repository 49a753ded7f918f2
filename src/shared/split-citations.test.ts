import { expect, it } from 'vitest';
import { citedOrdinals, splitCitations } from './split-citations.ts';

it.each([
  ['Once a year [1].', ['Once a year ', 1, '.']],
  ['Both say so [1][2]', ['Both say so ', 1, 2]],
  ['Both say so [1, 12]', ['Both say so ', 1, 12]],
  ['11月です［1］。', ['11月です', 1, '。']],
  ['11月です【1、2】', ['11月です', 1, 2]],
  ['a list [a, b], a note [1a], years [1999-2001], a box [ ]', ['a list [a, b], a note [1a], years [1999-2001], a box [ ]']],
])('splits %j', (text, parts) => {
  expect(splitCitations(text)).toEqual(parts);
});

it('counts what an answer cites, and not what only looks like it in code and links', () => {
  const answer = [
    'As **agreed** [2], and `list[1]` is code; so is ``a `[8]` ``.',
    '',
    '```js',
    'row[3];',
    '```',
    '',
    'See [4](https://example.org) or 【5】.',
  ];
  expect([...citedOrdinals(answer.join('\n'))]).toEqual([2, 5]);
  expect([...citedOrdinals('a fence still open [1]\n```\nx[6]')]).toEqual([1]);
});
