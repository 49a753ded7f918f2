import { expect, test } from 'vitest';
import { trimHistory, type CountedTurn } from './trim-history.ts';

const turns: CountedTurn[] = [
  { role: 'user', text: 'q1', tokens: 10 },
  { role: 'assistant', text: 'a1', tokens: 10 },
  { role: 'user', text: 'q2', tokens: 10 },
  { role: 'assistant', text: 'a2', tokens: 10 },
];

test('keeps everything that fits, to the token', () => {
  expect(trimHistory(turns, 40).map((turn) => turn.text)).toEqual(['q1', 'a1', 'q2', 'a2']);
});

test('drops the oldest first and never starts with an answer', () => {
  expect(trimHistory(turns, 39).map((turn) => turn.text)).toEqual(['q2', 'a2']);
});

test('drops everything when even the last exchange is too long', () => {
  expect(trimHistory(turns, 15)).toEqual([]);
});
