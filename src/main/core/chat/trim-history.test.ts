import { expect, test } from 'vitest';
import type { Turn } from './prompt.ts';
import { trimHistory } from './trim-history.ts';

const turns: Turn[] = [
  { role: 'user', text: 'q1' },
  { role: 'assistant', text: 'a1' },
  { role: 'user', text: 'q2' },
  { role: 'assistant', text: 'a2' },
];

const textsWithin = async (budgetTokens: number): Promise<string[]> => {
  const trimmed = await trimHistory(turns, budgetTokens, (turn) => (turn.role === 'user' ? 10 : Promise.resolve(10)));
  expect(trimmed.tokens).toBe(10 * trimmed.turns.length);
  expect(trimmed.droppedCount).toBe(turns.length - trimmed.turns.length);
  return trimmed.turns.map((turn) => turn.text);
};

test('keeps everything that fits, to the token', async () => {
  expect(await textsWithin(40)).toEqual(['q1', 'a1', 'q2', 'a2']);
});

test('drops the oldest first and never starts with an answer', async () => {
  expect(await textsWithin(39)).toEqual(['q2', 'a2']);
});

test('drops everything when even the last exchange is too long', async () => {
  expect(await textsWithin(15)).toEqual([]);
});

test('counts no turn older than the first that does not fit', async () => {
  const counted: string[] = [];
  await trimHistory(turns, 15, ({ text }) => {
    counted.push(text);
    return 10;
  });
  expect(counted).toEqual(['a2', 'q2']);
});
