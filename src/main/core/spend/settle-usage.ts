import type { Amount } from '../../../shared/amount.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import type { CallAttribution } from './ledger.ts';
import { localDayOf } from './local-day.ts';
import type { Observation } from './observe-reply.ts';
import { costNanosOf, type TokenShares } from './prices/cost-of.ts';
import type { FrozenPrice, PriceBook } from './prices/price-book.ts';
import type { ReportedUsage } from './read-usage.ts';
import type { Endpoint } from './read-request.ts';
import type { TokenCounter } from './tokens/token-counter.ts';

/** An attempt that has been sent: all that is needed to book it, even by the next start. */
export interface OpenCall {
  readonly id: string;
  readonly attempt: number;
  readonly attribution: CallAttribution;
  readonly endpoint: Endpoint;
  readonly reasonsInSilence: boolean;
  /** The request holds images or files, which are not in `localInputTokens`. */
  readonly hasUncounted: boolean;
  /** The input as counted here before it was sent; null when that failed. */
  readonly localInputTokens: number | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  /** IANA name; the day of the record is counted in it. */
  readonly timeZone: string;
}

/** A usage record as it is stored: with what only the audit of a bill needs. */
export interface BookedUsage extends UsageRecord {
  readonly baseUrl: string;
  readonly timeZone: string;
  /** The usage object as the provider sent it. */
  readonly usageJson: string | null;
  /** What did not add up, one word each; null when all did. */
  readonly anomaly: string | null;
}

export interface SettleDeps {
  readonly priceBook: PriceBook;
  readonly tokenCounter: TokenCounter;
}

/** Token counts of one attempt, and how much they can be trusted. */
interface Counts {
  readonly inputTokens: number | null;
  readonly cacheReadTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly cacheWrite12hTokens: number | null;
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly tokenSource: UsageRecord['tokenSource'];
  readonly trust: 'exact' | 'estimated' | 'lower_bound';
  readonly anomalies: readonly string[];
}

const nothing = { cacheReadTokens: 0, cacheWriteTokens: 0, cacheWrite12hTokens: 0, reasoningTokens: 0 };

/**
 * Turns what was seen of an attempt into its record. The provider's own counts come first; what it did not say is
 * counted here and marked: `estimated`, or `lower_bound` where billed output may not have been seen. A request refused
 * before the model ran costs exactly 0. Prices are those of the moment the call started, and frozen into the record.
 */
export async function settleUsage(call: OpenCall, seen: Observation, deps: SettleDeps): Promise<BookedUsage> {
  const { attribution, startedAt, timeZone } = call;
  const counts = await countsOf(call, seen, deps.tokenCounter);
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
    requestId: seen.requestId,
    inputTokens: counts.inputTokens,
    cacheReadTokens: counts.cacheReadTokens,
    cacheWriteTokens: counts.cacheWriteTokens,
    outputTokens: counts.outputTokens,
    reasoningTokens: counts.reasoningTokens,
    tokenSource: counts.tokenSource,
    amount,
    price: isPriced ? price : null,
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

async function countsOf(call: OpenCall, seen: Observation, tokenCounter: TokenCounter): Promise<Counts> {
  if (seen.reach !== 'sent') {
    return { ...nothing, inputTokens: 0, outputTokens: 0, tokenSource: 'provider', trust: 'exact', anomalies: [] };
  }
  const usage = seen.usage;
  // A prompt is never empty: servers that send zeros have not counted.
  const reportedInput = usage === null || usage.inputTokens === 0 ? null : usage.inputTokens;
  const reportedOutput = call.endpoint === 'embeddings' ? 0 : (usage?.outputTokens ?? null);
  if (usage !== null && reportedInput !== null && reportedOutput !== null && seen.isComplete) {
    return reportedCounts(usage, reportedInput, reportedOutput);
  }
  return localCounts(call, seen, { input: reportedInput, output: reportedOutput }, tokenCounter);
}

function reportedCounts(usage: ReportedUsage, inputTokens: number, outputTokens: number): Counts {
  const { cacheReadTokens, cacheWriteTokens, cacheWrite12hTokens, reasoningTokens, anomalies } = usage;
  const trust = anomalies.length > 0 ? 'estimated' : 'exact';
  return {
    inputTokens,
    cacheReadTokens,
    cacheWriteTokens,
    cacheWrite12hTokens,
    outputTokens,
    reasoningTokens,
    tokenSource: 'provider',
    trust,
    anomalies,
  };
}

/** Fills in what the provider did not say, or had not said when the reply broke off. */
async function localCounts(
  call: OpenCall,
  seen: Observation,
  reported: { readonly input: number | null; readonly output: number | null },
  tokenCounter: TokenCounter,
): Promise<Counts> {
  const inputTokens = reported.input ?? call.localInputTokens;
  const written = await tokenCounter.count(seen.outputText, call.attribution.requestedModel);
  // Counts sent before the end are those of the moment; what came after them was seen here.
  const outputTokens = Math.max(written, reported.output ?? 0);
  const reasoningTokens = seen.usage?.reasoningTokens ?? null;
  const isHidden = call.reasonsInSilence && !seen.isReasoningVisible && reasoningTokens === null;
  const isUnseen = call.endpoint !== 'embeddings' && !seen.isOutputSeen;
  const isUncounted = inputTokens === null || (reported.input === null && call.hasUncounted);
  return {
    inputTokens,
    cacheReadTokens: seen.usage?.cacheReadTokens ?? null,
    cacheWriteTokens: seen.usage?.cacheWriteTokens ?? null,
    cacheWrite12hTokens: seen.usage?.cacheWrite12hTokens ?? null,
    outputTokens,
    reasoningTokens,
    tokenSource: reported.input !== null && reported.output === outputTokens ? 'provider' : 'local',
    trust: isHidden || isUnseen || isUncounted ? 'lower_bound' : 'estimated',
    anomalies: seen.usage?.anomalies ?? [],
  };
}

/** The price of the model that answered, as the reply names it; that of the one asked for when it names none. */
function priceOf(call: OpenCall, seen: Observation, counts: Counts, priceBook: PriceBook): FrozenPrice | null {
  const { baseUrl, requestedModel } = call.attribution;
  const model = seen.servedModel ?? requestedModel;
  return priceBook.priceOf({ baseUrl, model, at: call.startedAt, serviceTier: seen.serviceTier, inputTokens: counts.inputTokens });
}

/** Disjoint shares. Where the reported ones exceed the total, the plain share is 0 and the record carries the anomaly. */
function sharesOf(counts: Counts): TokenShares {
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

interface Priced {
  readonly amount: Amount;
  /** The amount was reckoned with the price. */
  readonly isPriced: boolean;
  readonly anomalies: readonly string[];
}

function amountOf(call: OpenCall, seen: Observation, counts: Counts, price: FrozenPrice | null): Priced {
  const unpriced = (amount: Amount, ...anomalies: string[]): Priced => ({ amount, isPriced: false, anomalies });
  if (call.attribution.providerKind !== 'remote') return unpriced({ exactness: 'free' });
  if (seen.reach !== 'sent') return unpriced({ exactness: 'exact', costNanos: 0 });
  const reported = seen.usage?.reportedCostNanos ?? null;
  if (reported !== null && seen.isComplete) return unpriced({ exactness: 'reported', costNanos: reported });
  if (price === null) return unpriced({ exactness: 'no_price' });
  const costNanos = costNanosOf(sharesOf(counts), price);
  if (!Number.isSafeInteger(costNanos)) return unpriced({ exactness: 'no_price' }, 'implausible_cost');
  return { amount: { exactness: exactnessOf(counts, price), costNanos }, isPriced: true, anomalies: [] };
}

/** Exact counts at a price that may not be this seller's make an estimate; output nobody has a rate for makes a lower bound. */
function exactnessOf(counts: Counts, price: FrozenPrice): Counts['trust'] {
  if (price.outputPerMillion === null && (counts.outputTokens ?? 0) > 0) return 'lower_bound';
  return price.isAssumed && counts.trust === 'exact' ? 'estimated' : counts.trust;
}
