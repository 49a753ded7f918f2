import type { Amount } from '../../../shared/amount.ts';
import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { RequestPart } from '../../../shared/contract/request-part.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { priceCall, type PricingDeps } from './quote-price.ts';

/** A turn like the last ones of a branch, apart from what it is told of the conversation. */
export interface TypicalTurn {
  /** Instructions, passages, question and format, as counted here. */
  readonly ownTokens: number;
  /** Of the answer, with what was thought for it. */
  readonly outputTokens: number;
  /** Share of the last request that the provider read from its cache, 0 to 1. */
  readonly cachedShare: number;
  /** What its other calls cost, such as those for the search. */
  readonly otherNanos: number;
}

/** A further turn: its input in tokens, and what it costs, its answer included. */
export interface TurnForecast {
  readonly inputTokens: number;
  readonly amount: Amount;
}

/** An answer of the branch: its calls, what its request was made of, and its text in tokens. */
export interface PastAnswer {
  readonly calls: readonly UsageRecord[];
  readonly parts: readonly RequestPart[];
  readonly textTokens: number;
}

/** Shorter input is not read from a cache: the least that OpenAI, and those who copy its API, keep ("Prompt caching"). */
const smallestCachedTokens = 1_024;

/**
 * What turns of a branch are like. `answers`: the last ones, newest first, at least one; `questionTokens` those of the last question,
 * which stand in where nobody has counted what the last request was made of. The cache is one of `model`.
 */
export function typicalTurn(answers: readonly [PastAnswer, ...PastAnswer[]], questionTokens: number, model: ModelRef): TypicalTurn {
  const [last] = answers;
  const own = last.parts.filter(({ kind }) => kind !== 'history' && kind !== 'summary');
  const outputs = answers.map((answer) => answerCall(answer)?.outputTokens ?? answer.textTokens);
  const others = last.calls.filter(({ purpose }) => purpose !== 'answer' && purpose !== 'title');
  return {
    ownTokens: own.length > 0 ? own.reduce((sum, { tokens }) => sum + tokens, 0) : questionTokens,
    outputTokens: Math.round(outputs.reduce((sum, tokens) => sum + tokens, 0) / outputs.length),
    cachedShare: cachedShareOf(answerCall(last), model),
    otherNanos: others.reduce((sum, { amount }) => sum + ('costNanos' in amount ? amount.costNanos : 0), 0),
  };
}

function answerCall({ calls }: PastAnswer): UsageRecord | undefined {
  return calls.findLast(({ purpose, outcome }) => purpose === 'answer' && outcome === 'done');
}

function cachedShareOf(call: UsageRecord | undefined, { providerId, modelId }: ModelRef): number {
  if (call === undefined || call.providerId !== providerId || call.requestedModel !== modelId) return 0;
  const { inputTokens, cacheReadTokens } = call;
  return inputTokens === null || inputTokens === 0 ? 0 : (cacheReadTokens ?? 0) / inputTokens;
}

/** A turn with this much of the conversation in its request, in tokens as counted here, at the price of now. */
export function forecastTurn(
  deps: PricingDeps,
  { model, serviceTier, typical }: { model: ModelRef; serviceTier: string | null; typical: TypicalTurn },
  historyTokens: number,
): TurnForecast {
  const { ownTokens, outputTokens, cachedShare, otherNanos } = typical;
  const { inputTokens, amountWith } = priceCall(deps, {
    model,
    parts: [
      { kind: 'history', tokens: historyTokens },
      { kind: 'text', tokens: ownTokens },
    ],
    serviceTier,
  });
  const cacheReadTokens = inputTokens < smallestCachedTokens ? 0 : Math.round(inputTokens * cachedShare);
  const amount = amountWith({ cacheReadTokens, outputTokens });
  return { inputTokens, amount: 'costNanos' in amount ? { ...amount, costNanos: amount.costNanos + otherNanos } : amount };
}
