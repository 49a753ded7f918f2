import { expect, it } from 'vitest';
import { judgeSend, type SendClaim } from './judge-send.ts';

function claim(budgetId: string, usedNanos: number, neededNanos: number | null, fields: Partial<SendClaim> = {}): SendClaim {
  const standing = { budgetId, limitNanos: 1_000, spentNanos: usedNanos, reservedNanos: 0 };
  return { standing, noticeShare: 0.8, isBlocking: false, neededNanos, ...fields };
}

it('says nothing while less than the chosen share is used, and gives notice from there on', () => {
  expect(judgeSend([])).toBeNull();
  expect(judgeSend([claim('day', 700, 99)])).toBeNull();
  expect(judgeSend([claim('day', 700, 100)])).toEqual({ verdict: 'notice', budgetId: 'day', neededNanos: 100 });
  expect(judgeSend([claim('day', 900, 100)])).toMatchObject({ verdict: 'notice' });
  expect(judgeSend([claim('day', 800, 0), claim('month', 900, 0)])).toMatchObject({ verdict: 'notice', budgetId: 'month' });
});

it('what does not fit comes before what cannot be bounded, and that before a notice', () => {
  const [over, unpriced, notice] = [claim('over', 950, 51), claim('unpriced', 0, null), claim('notice', 999, 1)];
  expect(judgeSend([notice, unpriced, over])).toEqual({ verdict: 'over', budgetId: 'over', neededNanos: 51 });
  expect(judgeSend([notice, unpriced])).toEqual({ verdict: 'unpriced', budgetId: 'unpriced', neededNanos: null });
  expect(judgeSend([notice])).toMatchObject({ verdict: 'notice' });
});

it('of several that it does not fit into, one that blocks is named, else the one it passes by most', () => {
  const [little, much] = [claim('little', 950, 51), claim('much', 1_200, 51)];
  expect(judgeSend([little, much])).toMatchObject({ budgetId: 'much' });
  expect(judgeSend([much, { ...little, isBlocking: true }])).toMatchObject({ budgetId: 'little' });
});

it('a limit already passed stops what costs nothing more to know', () => {
  expect(judgeSend([claim('day', 1_001, null)])).toMatchObject({ verdict: 'over' });
});
