import type { Amount } from '../../../shared/amount.ts';
import type { Receipt } from '../../../shared/contract/chat.ts';
import type { RequestPart, RequestPartKind } from '../../../shared/contract/request-part.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { speedFloor } from '../../../shared/speed-floor.ts';
import { splitExactly } from '../../../shared/split-exactly.ts';

export type ReceiptLineKind = RequestPartKind | 'input' | 'output' | 'answer' | 'reasoning';
/** How input was billed. */
export type CacheUse = 'plain' | 'read' | 'write';

/** One line of a call: a part of its tokens at one rate. */
export interface ReceiptLine {
  readonly kind: ReceiptLineKind;
  /** Which source a passage is. */
  readonly ordinal: number | null;
  readonly cache: CacheUse;
  readonly tokens: number;
  /** Its tokens were counted here and scaled to what was billed. */
  readonly isScaled: boolean;
  /** USD per million tokens; null: no rate known. */
  readonly perMillion: number | null;
  /** This line's share of the call's cost; null where it cannot be told apart. */
  readonly amount: Amount | null;
  /** What reading it from the cache has saved, in nano-USD; 0 for any other line. */
  readonly savedNanos: number;
}

type Share = Omit<ReceiptLine, 'amount' | 'savedNanos'>;

/** Rates have no more than six decimals. */
const rateScale = 1_000_000;
/** One USD per million tokens is a thousand nano-USD a token. */
const nanosPerRate = 1_000;

/**
 * The lines of a call. Their tokens add up to what was billed and their costs to the call's, to the last digit, or are not given at
 * all. `parts` are those of the request for the answer; other calls have one part, their input.
 */
export function receiptLines(call: UsageRecord, parts: Receipt['requestParts'] = []): ReceiptLine[] {
  const shares = [...inputShares(call, call.purpose === 'answer' ? parts : []), ...outputShares(call)];
  const costs = costsOf(call, shares);
  return shares.map((share, index) => {
    const costNanos = costs?.[index];
    const amount = costNanos === undefined ? null : lineAmount(call.amount, share, costNanos);
    return { ...share, amount, savedNanos: costNanos === undefined ? 0 : savedBy(call, share, costNanos) };
  });
}

/** What a call has saved by reading from the cache: those tokens at the full rate minus what was paid for them. */
export function savedOf(lines: readonly ReceiptLine[]): number {
  return lines.reduce((sum, { savedNanos }) => sum + savedNanos, 0);
}

/** A cache holds the beginning of a request, so what was read comes first in it, and what was written next. */
function inputShares(call: UsageRecord, parts: readonly RequestPart[]): Share[] {
  const { inputTokens, price } = call;
  if (inputTokens === null) return [];
  const inputRate = price?.inputPerMillion ?? null;
  const stretches = [
    { cache: 'read', left: call.cacheReadTokens ?? 0, perMillion: price?.cacheReadPerMillion ?? inputRate },
    { cache: 'write', left: call.cacheWriteTokens ?? 0, perMillion: price?.cacheWritePerMillion ?? inputRate },
    { cache: 'plain', left: inputTokens, perMillion: inputRate },
  ] as const;
  const left: number[] = stretches.map((stretch) => stretch.left);
  return billedParts(inputTokens, parts).flatMap((part) => {
    let open = part.tokens;
    return stretches.flatMap(({ cache, perMillion }, index): Share[] => {
      const tokens = Math.min(open, left[index] ?? 0);
      left[index] = (left[index] ?? 0) - tokens;
      open -= tokens;
      return tokens === 0 && !(part.kind === 'input' && cache === 'plain') ? [] : [{ ...part, cache, tokens, perMillion }];
    });
  });
}

type BilledPart = Pick<Share, 'kind' | 'ordinal' | 'tokens' | 'isScaled'>;

/** The parts as they were billed: scaled where our own count is another. */
function billedParts(inputTokens: number, parts: readonly RequestPart[]): BilledPart[] {
  const counted = parts.map(({ tokens }) => tokens);
  const billed = splitExactly(inputTokens, counted);
  if (billed === null) return [{ kind: 'input', ordinal: null, tokens: inputTokens, isScaled: false }];
  const isScaled = counted.reduce((sum, tokens) => sum + tokens, 0) !== inputTokens;
  return parts.map(({ kind, ordinal }, index) => ({ kind, ordinal, tokens: billed[index] ?? 0, isScaled }));
}

function outputShares({ purpose, outputTokens, reasoningTokens, price }: UsageRecord): Share[] {
  const perMillion = price?.outputPerMillion ?? null;
  // An embedding has no output, and no rate for it.
  if (outputTokens === null || (outputTokens === 0 && perMillion === null)) return [];
  const reasoning = reasoningTokens ?? 0;
  const share = { ordinal: null, cache: 'plain', isScaled: false, perMillion } as const;
  return [
    ...(reasoning > 0 ? [{ ...share, kind: 'reasoning', tokens: reasoning } as const] : []),
    { ...share, kind: purpose === 'answer' ? 'answer' : 'output', tokens: outputTokens - reasoning },
  ];
}

function costsOf({ amount }: UsageRecord, shares: readonly Share[]): number[] | null {
  if (!('costNanos' in amount) || shares.some(({ perMillion, tokens }) => perMillion === null || tokens < 0)) return null;
  return splitExactly(
    amount.costNanos,
    shares.map(({ tokens, perMillion }) => tokens * Math.round((perMillion ?? 0) * rateScale)),
  );
}

/** A line is less sure than its call where its tokens are our own count, or its share of a charge is found by the list's rates. */
function lineAmount(amount: Amount, { isScaled }: Share, costNanos: number): Amount | null {
  if (!('costNanos' in amount)) return null;
  const isExact = amount.exactness === 'exact' && !isScaled;
  const isKnown = isExact || amount.exactness === 'lower_bound';
  return { exactness: isKnown ? amount.exactness : 'estimated', costNanos };
}

function savedBy({ price }: UsageRecord, { cache, tokens }: Share, costNanos: number): number {
  if (cache !== 'read' || price === null || price.inputPerMillion === null) return 0;
  return Math.max(0, Math.round(tokens * price.inputPerMillion * nanosPerRate * price.multiplier) - costNanos);
}

/** Output tokens a second after the first token came; null where too little is known, or it was too short to tell. */
export function tokensPerSecond(call: UsageRecord): number | null {
  if (call.outputTokens === null || call.firstTokenMs === null) return null;
  const writingMs = call.durationMs - call.firstTokenMs;
  if (writingMs < speedFloor.writingMs || call.outputTokens < speedFloor.outputTokens) return null;
  return call.outputTokens / (writingMs / 1_000);
}
