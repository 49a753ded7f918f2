import { expect, it } from 'vitest';
import { keyOf, ofKey, readLimit } from './budget-draft.ts';

it.each([
  ['5', 5_000_000_000],
  [' 0.50 ', 500_000_000],
  ['0,5', 500_000_000],
  ['$12.345678901', 12_345_678_901],
])('reads %s as a limit', (text, expected) => {
  expect(readLimit(text)).toBe(expected);
});

it.each(['', '0', '0.0', '-1', 'five', '1e3', '1.0000000001', '12345678'])('takes %j for no limit', (text) => {
  expect(readLimit(text)).toBeNull();
});

it.each([{ kind: 'all' }, { kind: 'provider', providerId: 'p' }, { kind: 'model', providerId: 'p', modelId: 'openai/gpt-5.4' }] as const)(
  'a choice survives the select: %j',
  (of) => {
    expect(ofKey(keyOf(of))).toEqual(of);
  },
);
