import { expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { cutIntoStretches } from './cut-into-stretches.ts';
import type { Turn } from './prompt.ts';

it('loses nothing, keeps the order, and gives no call more than fits', () => {
  const random = seededRandom(7);
  for (let round = 0; round < 200; round += 1) {
    const turns = Array.from({ length: 1 + Math.floor(random() * 12) }, (_, index): Turn => ({
      role: index % 2 === 0 ? 'user' : 'assistant',
      text: `${index} `.repeat(1 + Math.floor(random() * 400)),
    }));
    // One token for each code unit, so that the budget can be checked from outside.
    const stretches = cutIntoStretches(
      turns,
      turns.map(({ text }) => text.length),
      100,
    );
    expect(stretches.flatMap((stretch) => stretch.turns.map(({ text }) => text)).join('')).toBe(turns.map(({ text }) => text).join(''));
    for (const stretch of stretches) {
      expect(stretch.turns.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(100);
      expect(stretch.turns.length).toBeGreaterThan(0);
    }
  }
});

it('makes one call of what fits, and cuts a turn that fits into none', () => {
  const turn = (text: string): Turn => ({ role: 'user', text });
  expect(cutIntoStretches([turn('a'), turn('b')], [50, 50], 100)).toEqual([{ turns: [turn('a'), turn('b')], tokens: 100 }]);
  expect(cutIntoStretches([turn('a'), turn('b')], [50, 51], 100)).toHaveLength(2);
  expect(cutIntoStretches([turn('abcdef')], [250], 100).map(({ turns }) => turns[0]?.text)).toEqual(['ab', 'cd', 'ef']);
});
