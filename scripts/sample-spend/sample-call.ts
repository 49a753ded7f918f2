import type { Amount } from '../../src/shared/amount.ts';
import type { Outcome, Purpose } from '../../src/shared/contract/usage.ts';
import { localDayOf } from '../../src/main/core/spend/local-day.ts';
import { costNanosOf } from '../../src/main/core/spend/prices/cost-of.ts';
import { createPriceBook, type FrozenPrice } from '../../src/main/core/spend/prices/price-book.ts';
import type { BookedUsage } from '../../src/main/core/spend/settle-usage.ts';
import type { SampleModel } from './sample-models.ts';

/** What makes one call different from another. */
export interface SampleCall {
  readonly id: string;
  readonly model: SampleModel;
  readonly purpose: Purpose;
  readonly conversationId: string | null;
  readonly messageId: string | null;
  readonly documentId: string | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly inputTokens: number;
  readonly cacheReadTokens: number;
  /** null: an embedding. */
  readonly outputTokens: number | null;
  /** The part of the output that is thinking; missing: none. */
  readonly reasoningTokens?: number;
}

export type SampleCallBooker = (call: SampleCall) => BookedUsage;

/**
 * Turns sample calls into records, at the prices of Tally's own price book. Some are stopped and then estimated or a lower
 * bound, some fail and cost nothing, as it is with real ones; `random` decides.
 */
export function createSampleCallBooker(timeZone: string, random: () => number): SampleCallBooker {
  const priceBook = createPriceBook();
  const prices = new Map<string, FrozenPrice | null>();
  // Asking the book for each of a million calls would take minutes; prices hold for a month here.
  const priceOf = ({ model: { baseUrl, model }, startedAt }: SampleCall, localDay: string): FrozenPrice | null => {
    const key = `${baseUrl} ${model} ${localDay.slice(0, 7)}`;
    const known = prices.get(key);
    if (known !== undefined) return known;
    const price = priceBook.priceOf({ baseUrl, model, at: startedAt, serviceTier: null, inputTokens: null });
    prices.set(key, price);
    return price;
  };
  return (call) => {
    const { model } = call;
    const localDay = localDayOf(call.startedAt, timeZone);
    const outcome = outcomeOf(call, random());
    const hasCounts = outcome === 'done';
    const outputTokens = outcome === 'stopped' && call.outputTokens !== null ? Math.ceil(call.outputTokens / 3) : call.outputTokens;
    const price = priceOf(call, localDay);
    const firstTokenMs = call.outputTokens === null || outcome === 'failed' ? null : Math.round(250 + random() * 900);
    const streamMs = model.tokensPerSecond === 0 ? 180 : ((outputTokens ?? 0) / (model.tokensPerSecond * (0.8 + random() * 0.4))) * 1_000;
    const counts =
      outcome === 'failed'
        ? { inputTokens: null, cacheReadTokens: null, outputTokens: null }
        : { inputTokens: call.inputTokens, cacheReadTokens: hasCounts ? call.cacheReadTokens : null, outputTokens };
    const amount = amountOf(call, outcome, price, counts.outputTokens ?? 0);
    return {
      id: call.id,
      runId: null,
      attempt: 1,
      purpose: call.purpose,
      outcome,
      conversationId: call.conversationId,
      messageId: call.messageId,
      documentId: call.documentId,
      providerId: model.providerId,
      providerName: model.providerName,
      providerKind: model.providerKind,
      requestedModel: model.model,
      servedModel: outcome === 'failed' ? null : model.model,
      serviceTier: null,
      requestId: null,
      ...counts,
      cacheWriteTokens: null,
      reasoningTokens: outcome === 'done' && call.reasoningTokens ? call.reasoningTokens : null,
      tokenSource: hasCounts ? 'provider' : 'local',
      amount,
      price: 'costNanos' in amount && amount.exactness !== 'reported' && outcome !== 'failed' ? price : null,
      settledBy: null,
      httpStatus: outcome === 'failed' ? 429 : 200,
      errorCode: outcome === 'failed' ? 'RATE_LIMITED' : null,
      startedAt: call.startedAt,
      firstTokenMs,
      durationMs: Math.round((firstTokenMs ?? 120) + streamMs),
      localDay,
      baseUrl: model.baseUrl,
      timeZone,
      usageJson: null,
      anomaly: null,
    };
  };
}

function outcomeOf({ purpose }: SampleCall, dice: number): Outcome {
  if (dice < 0.006) return 'failed';
  return purpose === 'answer' && dice < 0.03 ? 'stopped' : 'done';
}

function amountOf({ model, ...call }: SampleCall, outcome: Outcome, price: FrozenPrice | null, outputTokens: number): Amount {
  if (model.providerKind !== 'remote') return { exactness: 'free' };
  if (outcome === 'failed') return { exactness: 'exact', costNanos: 0 };
  if (price === null) return { exactness: 'no_price' };
  const cacheReadTokens = outcome === 'done' ? call.cacheReadTokens : 0;
  const shares = {
    plainInputTokens: call.inputTokens - cacheReadTokens,
    cacheReadTokens,
    cacheWriteTokens: 0,
    cacheWrite12hTokens: 0,
    outputTokens,
  };
  const costNanos = costNanosOf(shares, price);
  if (outcome === 'stopped') return { exactness: model.model.startsWith('o4') ? 'lower_bound' : 'estimated', costNanos };
  return { exactness: model.reportsCost ? 'reported' : 'exact', costNanos };
}
