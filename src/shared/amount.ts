/**
 * How sure an amount is (see docs/adr/0004-usage-records.md).
 * - exact: the provider's own token counts at a price in the price book
 * - reported: the provider named the cost itself
 * - estimated: at least part of the tokens was counted here
 * - lower_bound: something billable could not be seen (hidden reasoning, a stopped answer)
 * - no_price: tokens are known, the price is not; never shown as 0
 * - free: a local model or the demo; costs nothing
 */
export const exactnesses = ['exact', 'reported', 'estimated', 'lower_bound', 'no_price', 'free'] as const;

/** The cost of one call. Nano-USD (1e-9 USD), always an integer; absent exactly when there is no price. */
export type Amount =
  | { readonly exactness: 'exact' | 'reported' | 'estimated' | 'lower_bound'; readonly costNanos: number }
  | { readonly exactness: 'no_price' }
  | { readonly exactness: 'free' };

/** The cost of many calls. `costNanos` sums the priced ones; the counts say what the sum does not hold. */
export interface AmountTotal {
  readonly costNanos: number;
  /** The part of `costNanos` that is exact or reported. */
  readonly exactNanos: number;
  readonly callCount: number;
  readonly estimatedCount: number;
  readonly lowerBoundCount: number;
  readonly noPriceCount: number;
  readonly freeCount: number;
}

/** A total over no calls. */
export const emptyTotal: AmountTotal = {
  costNanos: 0,
  exactNanos: 0,
  callCount: 0,
  estimatedCount: 0,
  lowerBoundCount: 0,
  noPriceCount: 0,
  freeCount: 0,
};

/** The mark drawn beside a figure: nothing, about, at least, or a word instead of a figure. */
export type AmountMark = 'none' | 'about' | 'at_least' | 'no_price' | 'free';

/** The mark of one call's amount. */
export function markOfAmount(amount: Amount): AmountMark {
  switch (amount.exactness) {
    case 'exact':
    case 'reported':
      return 'none';
    case 'estimated':
      return 'about';
    case 'lower_bound':
      return 'at_least';
    case 'no_price':
      return 'no_price';
    case 'free':
      return 'free';
  }
}

/** The mark of a total: the weakest of its calls. A call without a price makes the sum a lower bound. */
export function markOfTotal(total: AmountTotal): AmountMark {
  const pricedCount = total.callCount - total.noPriceCount - total.freeCount;
  if (pricedCount === 0) {
    if (total.noPriceCount > 0) return 'no_price';
    return total.freeCount > 0 ? 'free' : 'none';
  }
  if (total.lowerBoundCount > 0 || total.noPriceCount > 0) return 'at_least';
  return total.estimatedCount > 0 ? 'about' : 'none';
}

/** The total with one more call in it. */
export function addAmount(total: AmountTotal, amount: Amount): AmountTotal {
  const costNanos = 'costNanos' in amount ? amount.costNanos : 0;
  const isExact = amount.exactness === 'exact' || amount.exactness === 'reported';
  return {
    costNanos: total.costNanos + costNanos,
    exactNanos: total.exactNanos + (isExact ? costNanos : 0),
    callCount: total.callCount + 1,
    estimatedCount: total.estimatedCount + (amount.exactness === 'estimated' ? 1 : 0),
    lowerBoundCount: total.lowerBoundCount + (amount.exactness === 'lower_bound' ? 1 : 0),
    noPriceCount: total.noPriceCount + (amount.exactness === 'no_price' ? 1 : 0),
    freeCount: total.freeCount + (amount.exactness === 'free' ? 1 : 0),
  };
}

/** Two totals as one. */
export function addTotals(a: AmountTotal, b: AmountTotal): AmountTotal {
  return {
    costNanos: a.costNanos + b.costNanos,
    exactNanos: a.exactNanos + b.exactNanos,
    callCount: a.callCount + b.callCount,
    estimatedCount: a.estimatedCount + b.estimatedCount,
    lowerBoundCount: a.lowerBoundCount + b.lowerBoundCount,
    noPriceCount: a.noPriceCount + b.noPriceCount,
    freeCount: a.freeCount + b.freeCount,
  };
}
