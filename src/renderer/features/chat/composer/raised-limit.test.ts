import { expect, it } from 'vitest';
import { raisedLimitNanos } from './raised-limit.ts';

const standing = (limitNanos: number, spentNanos = 0, reservedNanos = 0) => ({ limitNanos, spentNanos, reservedNanos });

it.each([
  ['above the limit, though little is missing', standing(1_000_000_000, 999_000_000), 2_000_000, 1_500_000_000],
  ['above what is used and needed', standing(1_000_000_000, 3_000_000_000), 500_000_000, 5_000_000_000],
  ['with what is under way', standing(10_000_000, 5_000_000, 50_000_000), 5_000_000, 75_000_000],
  ['at a round figure itself', standing(5_000_000_000 / 1.2), 0, 5_000_000_000],
])('offers a round limit %s', (_, budget, neededNanos, expected) => {
  const raised = raisedLimitNanos(budget, neededNanos);
  expect(raised).toBe(expected);
  expect(raised).toBeGreaterThan(Math.max(budget.limitNanos, budget.spentNanos + budget.reservedNanos + neededNanos));
});
