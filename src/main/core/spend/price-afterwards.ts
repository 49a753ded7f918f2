import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { amountAtPrice, type PricedCounts } from './amount-at-price.ts';
import { reasonsInSilence } from './hidden-reasoning.ts';
import { objectOf, parseJson } from './json-fields.ts';
import type { FrozenPrice } from './prices/price-book.ts';
import { readUsage } from './read-usage.ts';
import type { Settlement } from './settlements.ts';

/** What a stored call without a price says about its tokens. */
export interface UnpricedRow extends Pick<
  UsageRecord,
  | 'id'
  | 'requestedModel'
  | 'outcome'
  | 'tokenSource'
  | 'inputTokens'
  | 'cacheReadTokens'
  | 'cacheWriteTokens'
  | 'outputTokens'
  | 'reasoningTokens'
> {
  readonly usageJson: string | null;
}

/**
 * What a call that was booked without a price comes to at this one; null where no honest amount comes out. The record does not say how far
 * its counts could be trusted, so that is read off it again, and in doubt the lesser: the provider's final counts are exact, counts
 * made here an estimate, and where the call broke off, or may have thought in silence, a lower bound.
 */
export function priceAfterwards(row: UnpricedRow, price: FrozenPrice): Pick<Settlement, 'exactness' | 'costNanos'> | null {
  const usageObject = row.usageJson === null ? null : objectOf(parseJson(row.usageJson));
  const usage = usageObject === null ? null : readUsage(usageObject);
  const hasAnomalies = (usage?.anomalies.length ?? 0) > 0;
  const counts = { ...row, cacheWrite12hTokens: usage?.cacheWrite12hTokens ?? null, trust: trustOf(row, hasAnomalies) };
  const { amount } = amountAtPrice(counts, price, (usage?.audioTokens ?? 0) > 0);
  return amount.exactness === 'no_price' || amount.exactness === 'free' ? null : amount;
}

function trustOf({ outcome, tokenSource, ...row }: UnpricedRow, hasAnomalies: boolean): PricedCounts['trust'] {
  if (row.inputTokens === null || row.outputTokens === null) return 'lower_bound';
  if (outcome === 'done' && tokenSource === 'provider') return hasAnomalies ? 'estimated' : 'exact';
  const isHidden = row.reasoningTokens === null && reasonsInSilence(row.requestedModel, null);
  return outcome === 'failed' || outcome === 'interrupted' || isHidden ? 'lower_bound' : 'estimated';
}
