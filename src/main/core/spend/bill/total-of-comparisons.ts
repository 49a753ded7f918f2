import { addTotals, emptyTotal, type AmountTotal } from '../../../../shared/amount.ts';
import type { BillComparison } from '../../../../shared/contract/bill.ts';
import { addUpParts } from './explain-matched.ts';

/** All comparisons with a bill as one: the parts of a cause added up, the largest first. */
export function totalOfComparisons(comparisons: readonly BillComparison[]) {
  const billed = comparisons.filter(({ billedNanos }) => billedNanos !== null);
  const billedNanos = billed.reduce((sum, comparison) => sum + (comparison.billedNanos ?? 0), 0);
  const booked = billed.reduce<AmountTotal>((total, comparison) => addTotals(total, comparison.booked), emptyTotal);
  return { billedNanos, booked, differenceNanos: billedNanos - booked.costNanos, parts: addUpParts(billed.flatMap(({ parts }) => parts)) };
}
