import { expect, it } from 'vitest';
import { rateInput, readRate } from './rate-field.ts';

it.each([
  ['0.15', 0.15],
  [' 2,5 ', 2.5],
  ['0', 0],
  ['', null],
  ['1,000,000', undefined],
  ['1e3', undefined],
  ['-1', undefined],
  ['$2', undefined],
  ['0.0000001', undefined],
])('reads %j as %j', (text, rate) => expect(readRate(text)).toBe(rate));

it.each([0, 10, 0.25, 0.000001, 1200, null])('shows %j so that it is read again as itself', (rate) => {
  expect(readRate(rateInput(rate))).toBe(rate);
});
