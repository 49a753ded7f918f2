import type { Amount } from '../../../shared/amount.ts';
import type { CallCounts } from './call-counts.ts';
import { costNanosOf, type TokenShares } from './prices/cost-of.ts';
import type { FrozenPrice } from './prices/price-book.ts';

/** Counts with what a price needs to know of them. */
export type PricedCounts = Pick<
  CallCounts,
  'inputTokens' | 'cacheReadTokens' | 'cacheWriteTokens' | 'cacheWrite12hTokens' | 'outputTokens' | 'trust'
>;

export interface Priced {
  readonly amount: Amount;
  /** The amount was reckoned with the price. */
  readonly isPriced: boolean;
  /** One word each. */
  readonly anomalies: readonly string[];
}

/** What counts come to at a price, and how sure that is; without a price where no honest amount comes out. */
export function amountAtPrice(counts: PricedCounts, price: FrozenPrice, hasAudio: boolean): Priced {
  const costNanos = costNanosOf(sharesOf(counts), price);
  if (!Number.isSafeInteger(costNanos)) return { amount: { exactness: 'no_price' }, isPriced: false, anomalies: ['implausible_cost'] };
  const exactness = hasAudio ? 'lower_bound' : exactnessOf(counts, price);
  // Speech costs more than text everywhere, and how much more is not in the price lists.
  return { amount: { exactness, costNanos }, isPriced: true, anomalies: hasAudio ? ['audio_at_text_rate'] : [] };
}

/** Disjoint shares. Where the reported ones exceed the total, the plain share is 0 and the record carries the anomaly. */
function sharesOf(counts: PricedCounts): TokenShares {
  const cacheReadTokens = counts.cacheReadTokens ?? 0;
  const cacheWriteTokens = counts.cacheWriteTokens ?? 0;
  const cacheWrite12hTokens = Math.min(counts.cacheWrite12hTokens ?? 0, cacheWriteTokens);
  return {
    plainInputTokens: Math.max(0, (counts.inputTokens ?? 0) - cacheReadTokens - cacheWriteTokens),
    cacheReadTokens,
    cacheWriteTokens: cacheWriteTokens - cacheWrite12hTokens,
    cacheWrite12hTokens,
    outputTokens: counts.outputTokens ?? 0,
  };
}

/** Exact counts at a price that may not be this seller's make an estimate; tokens nobody has a rate for make a lower bound. */
function exactnessOf(counts: PricedCounts, price: FrozenPrice): CallCounts['trust'] {
  if (price.outputPerMillion === null && (counts.outputTokens ?? 0) > 0) return 'lower_bound';
  if (price.cacheWritePerMillion !== null && price.cacheWrite12hPerMillion === null && (counts.cacheWrite12hTokens ?? 0) > 0)
    return 'lower_bound';
  return price.isAssumed && counts.trust === 'exact' ? 'estimated' : counts.trust;
}
