import { expect, it } from 'vitest';
import { pageBreaks } from './page-breaks.ts';

const pages = [
  { page: 1, startOffset: 0 },
  { page: 2, startOffset: 10 },
  { page: 3, startOffset: 14 },
  { page: 4, startOffset: 30 },
];

it('cuts a stretch from the middle of a document where its pages begin', () => {
  expect(pageBreaks('abcdefghijklmno', 5, pages)).toEqual([
    { page: null, text: 'abcde' },
    { page: 2, text: 'fghi' },
    { page: 3, text: 'jklmno' },
  ]);
});

it('names the page of a stretch that starts with it', () => {
  expect(pageBreaks('abc', 10, pages)).toEqual([{ page: 2, text: 'abc' }]);
});

it('leaves a document without pages in one piece', () => {
  expect(pageBreaks('abc', 10, [])).toEqual([{ page: null, text: 'abc' }]);
});
