import type { Amount } from '../../../shared/amount.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { amountAtPrice, type Priced } from './amount-at-price.ts';
import { generationIdOf } from './generation-id.ts';
import { countsOfCall, type CallCounts, type CountDeps } from './call-counts.ts';
import { localDayOf } from './local-day.ts';
import type { Observation } from './observe-reply.ts';
import type { OpenCall } from './open-call.ts';
import type { FrozenPrice, PriceBook } from './prices/price-book.ts';

/** A usage record as it is stored: with what only the audit of a bill needs. */
export interface BookedUsage extends UsageRecord {
  readonly baseUrl: string;
  readonly timeZone: string;
  /** The usage object as the provider sent it. */
  readonly usageJson: string | null;
  /** What did not add up, one word each; null when all did. */
  readonly anomaly: string | null;
}

export interface SettleDeps extends CountDeps {
  readonly priceBook: PriceBook;
}

/**
 * Turns what was seen of an attempt into its record. The provider's own counts come first; what it did not say is
 * counted here and marked: `estimated`, or `lower_bound` where billed output may not have been seen. A request refused
 * before the model ran costs exactly 0. Prices are those of the moment the call started, and frozen into the record.
 */
export async function settleUsage(call: OpenCall, seen: Observation, deps: SettleDeps): Promise<BookedUsage> {
  const { attribution, startedAt, timeZone } = call;
  const counts = await countsOfCall(call, seen, deps);
  const price = priceOf(call, seen, counts, deps.priceBook);
  const { amount, isPriced, anomalies } = amountOf(call, seen, counts, price);
  const allAnomalies = [...counts.anomalies, ...anomalies, ...(seen.malformedEventCount > 0 ? ['malformed_events'] : [])];
  return {
    id: call.id,
    runId: attribution.runId,
    attempt: call.attempt,
    purpose: attribution.purpose,
    outcome: seen.outcome,
    conversationId: attribution.conversationId,
    messageId: attribution.messageId,
    documentId: attribution.documentId,
    providerId: attribution.providerId,
    providerName: attribution.providerName,
    providerKind: attribution.providerKind,
    requestedModel: attribution.requestedModel,
    servedModel: seen.servedModel,
    serviceTier: seen.serviceTier,
    requestId: generationIdOf(seen) ?? seen.requestId,
    inputTokens: counts.inputTokens,
    cacheReadTokens: counts.cacheReadTokens,
    cacheWriteTokens: counts.cacheWriteTokens,
    outputTokens: counts.outputTokens,
    reasoningTokens: counts.reasoningTokens,
    tokenSource: counts.tokenSource,
    amount,
    price: isPriced ? price : null,
    settledBy: null,
    httpStatus: seen.httpStatus,
    errorCode: seen.errorCode,
    startedAt,
    firstTokenMs: seen.firstTokenMs,
    durationMs: seen.durationMs,
    localDay: localDayOf(startedAt, timeZone),
    baseUrl: attribution.baseUrl,
    timeZone,
    usageJson: seen.usage?.json ?? null,
    anomaly: allAnomalies.length > 0 ? allAnomalies.join(' ') : null,
  };
}

/** The record as the page sees it. */
export function toContractRecord(booked: BookedUsage): UsageRecord {
  const { baseUrl: _baseUrl, timeZone: _timeZone, usageJson: _usageJson, anomaly: _anomaly, ...record } = booked;
  return record;
}

/** The price of the model that answered, as the reply names it; that of the one asked for when it names none. */
function priceOf(call: OpenCall, seen: Observation, counts: CallCounts, priceBook: PriceBook): FrozenPrice | null {
  const { baseUrl, requestedModel } = call.attribution;
  const model = seen.servedModel ?? requestedModel;
  return priceBook.priceOf({
    baseUrl,
    model,
    requestedModel,
    at: call.startedAt,
    serviceTier: seen.serviceTier,
    inputTokens: counts.inputTokens,
  });
}

function amountOf(call: OpenCall, seen: Observation, counts: CallCounts, price: FrozenPrice | null): Priced {
  const unpriced = (amount: Amount): Priced => ({ amount, isPriced: false, anomalies: [] });
  if (call.attribution.providerKind !== 'remote') return unpriced({ exactness: 'free' });
  if (seen.reach !== 'sent') return unpriced({ exactness: 'exact', costNanos: 0 });
  const reported = seen.usage?.reportedCostNanos ?? null;
  if (reported !== null && seen.isComplete) return unpriced({ exactness: 'reported', costNanos: reported });
  if (price === null) return unpriced({ exactness: 'no_price' });
  return amountAtPrice(counts, price, (seen.usage?.audioTokens ?? 0) > 0);
}
