import type { BudgetState } from '../../../../shared/contract/budgets.ts';

type Standing = Pick<BudgetState, 'limitNanos' | 'spentNanos' | 'reservedNanos'>;

/** Leading digits of round limits. */
const steps = [1, 1.5, 2, 3, 5, 7.5, 10];

/**
 * The limit offered where a send does not fit: the first round figure that is a fifth above what is needed, so that not every
 * send after it asks again. In nano-USD, whole cents from a cent on.
 */
export function raisedLimitNanos({ limitNanos, spentNanos, reservedNanos }: Standing, neededNanos: number): number {
  const atLeast = Math.max(limitNanos, spentNanos + reservedNanos + neededNanos) * 1.2;
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const step = steps.find((candidate) => candidate * power >= atLeast) ?? 10;
  return Math.round(step * power);
}
