import { expect, it } from 'vitest';
import { readNumber } from './read-number.ts';

const temperature = { min: 0, max: 2, isWhole: false };
const limit = { min: 1, max: 1_000_000, isWhole: true };

it.each([
  ['', temperature, null],
  [' 0.7 ', temperature, 0.7],
  ['0,7', temperature, 0.7],
  ['１．２', temperature, 1.2],
  ['2.1', temperature, undefined],
  ['-1', temperature, undefined],
  ['warm', temperature, undefined],
  ['1,000', limit, 1_000],
  ['４０９６', limit, 4_096],
  ['0', limit, undefined],
  ['1.5', limit, undefined],
  ['1000001', limit, undefined],
] as const)('%j is read as a number that may be left out', (text, range, value) => {
  expect(readNumber(text, range)).toBe(value);
});
