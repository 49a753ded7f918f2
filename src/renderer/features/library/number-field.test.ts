import { expect, it } from 'vitest';
import { isNumberField, numberOf, textOf } from './number-field.ts';

it('reads what people type, in full width too, and nothing as nothing', () => {
  expect([numberOf(' 0.7 '), numberOf('０．７'), numberOf('500'), numberOf(' ')]).toEqual([0.7, 0.7, 500, null]);
  expect([textOf(0.7), textOf(null)]).toEqual(['0.7', '']);
});

it('takes only numbers within the limits', () => {
  const temperature = { min: 0, max: 2 };
  expect(['', '0', '2'].every((text) => isNumberField(text, temperature))).toBe(true);
  expect(['-1', '2.1', 'warm', '1e', 'Infinity'].some((text) => isNumberField(text, temperature))).toBe(false);
  expect(isNumberField('1.5', { min: 1, max: 100, isWhole: true })).toBe(false);
});
