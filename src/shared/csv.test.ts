import { csvParseRows } from 'd3-dsv';
import { expect, it } from 'vitest';
import { csvLine, dollarsOf } from './csv.ts';

it('is read back as it was written by a parser of RFC 4180', () => {
  const rows = [
    ['plain', 'with, comma', 'with "quotes"', 'two\r\nlines', ''],
    ['日本語', ' spaces ', '"', ',', 'x'],
  ];
  expect(csvParseRows(rows.map(csvLine).join(''))).toEqual(rows);
  expect(csvLine([1.5, null, -3])).toBe('1.5,,-3\r\n');
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=HYPERLINK("http://x","y")'])('lets no spreadsheet run %j', (text) => {
  expect(csvParseRows(csvLine([text]))).toEqual([[`'${text}`]]);
});

it.each([
  [0, '0.000000000'],
  [1, '0.000000001'],
  [41_234_567, '0.041234567'],
  [12_000_000_000, '12.000000000'],
  [-5_000_000, '-0.005000000'],
  [9_007_199_254_740_991, '9007199.254740991'],
])('writes %i nano-dollars with every digit', (costNanos, text) => {
  expect(dollarsOf(costNanos)).toBe(text);
});
