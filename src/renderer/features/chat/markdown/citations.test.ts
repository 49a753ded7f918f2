import { expect, it } from 'vitest';
import { splitCitations } from './citations.ts';

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
