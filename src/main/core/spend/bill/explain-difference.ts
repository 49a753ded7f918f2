import type { BilledUsage, DifferenceCause } from '../../../../shared/contract/bill.ts';
import { costNanosOf } from '../prices/cost-of.ts';
import type { FrozenPrice } from '../prices/price-book.ts';
import type { BookedDay } from './booked-days.ts';

export interface DifferencePart {
  readonly cause: DifferenceCause;
  /** Nano-USD; below 0 where Tally booked more than was billed. */
  readonly nanos: number;
}

/** A day and a model on the bill. */
export interface BilledDay {
  /** Null: no file says what it cost. */
  readonly costNanos: number | null;
  /** Null: no file says what was used. */
  readonly usage: BilledUsage | null;
  /** A file has a line about it; else the files speak of the day and not of this. */
  readonly isListed: boolean;
  /** The bill counts tokens as replies do. OpenRouter's may be counted by another tokenizer. */
  readonly hasComparableTokens: boolean;
}

/** What is booked towards it; several names of one model taken together. */
export type BookedSide = Pick<BookedDay, 'total' | 'billableCount' | 'tokens' | 'uncertain' | 'uncertainRecordId' | 'price' | 'isReported'>;

/** Bills round to a millionth of a dollar, and records each to a nano-dollar. */
export const billRoundingNanos = 1_000;

/**
 * What the difference between a bill and the book is due to. The parts add up to it, to the nano-dollar. Only what the figures show
 * is said: requests that Tally has not made are calls from elsewhere, the same tokens at another amount are another price, tokens
 * left over for estimated calls are what the estimates missed; everything else is not explained.
 */
export function explainDifference(billed: BilledDay, booked: BookedSide): DifferencePart[] {
  if (billed.costNanos === null) return [];
  const difference = billed.costNanos - booked.total.costNanos;
  if (difference === 0) return [];
  const all = (cause: DifferenceCause): DifferencePart[] => [{ cause, nanos: difference }];
  if (isRounding(difference, booked)) return all('rounding');
  if (booked.billableCount === 0) return all('elsewhere');
  if (!billed.isListed) return all('not_on_bill');
  const requestCount = billed.usage?.requestCount ?? null;
  if (billed.usage === null || requestCount === null) return all('unknown');
  const hasDoubt = booked.uncertain.callCount + booked.total.noPriceCount > 0;
  if (requestCount > booked.billableCount) {
    if (hasDoubt) return all('elsewhere_or_estimates');
    return booked.isReported
      ? all('elsewhere')
      : withRest('elsewhere', priceOf(extraTokens(billed, booked), booked.price), difference, booked);
  }
  if (requestCount < booked.billableCount) {
    const missing = hasDoubt ? null : priceOf(negated(extraTokens(billed, booked)), booked.price);
    return withRest('not_on_bill', missing === null ? null : -missing, difference, booked);
  }
  return explainSameCalls(billed, booked, difference);
}

/** The same number of calls on both sides: the difference is in their tokens or in their price. */
function explainSameCalls(billed: BilledDay, booked: BookedSide, difference: number): DifferencePart[] {
  const { uncertain, total } = booked;
  if (uncertain.callCount > 0) {
    const spent = total.noPriceCount > 0 ? null : priceOf(tokensLeft(billed, booked), booked.price);
    return withRest('estimates', spent === null ? null : spent - uncertain.costNanos, difference, booked);
  }
  const extra = extraTokens(billed, booked);
  const isSame = extra !== null && extra.inputTokens === 0 && extra.cachedTokens === 0 && extra.outputTokens === 0;
  if (!isSame) return [{ cause: 'unknown', nanos: difference }];
  if (total.noPriceCount === 0) return [{ cause: 'price', nanos: difference }];
  return [{ cause: difference > 0 ? 'no_price' : 'unknown', nanos: difference }];
}

/**
 * What the bill leaves for the one estimated call of a day and model, in nano-USD; null unless everything pins it: the bill has as
 * many requests as Tally, every other call is exact, and the tokens left over for it come, at the price of that day, to the money
 * left over for it. Were there a call from elsewhere as well, one of these would not hold.
 */
export function settledNanosOf(billed: BilledDay, booked: BookedSide): number | null {
  const { total, uncertain } = booked;
  if (billed.costNanos === null || booked.uncertainRecordId === null || total.noPriceCount > 0) return null;
  if (billed.usage?.requestCount !== booked.billableCount) return null;
  const left = billed.costNanos - (total.costNanos - uncertain.costNanos);
  const spent = priceOf(tokensLeft(billed, booked), booked.price);
  return spent === null || left < 0 || !isRounding(left - spent, booked) ? null : left;
}

interface Tokens {
  readonly inputTokens: number;
  readonly cachedTokens: number;
  readonly outputTokens: number;
}

/** Tokens on the bill beyond those of these; null when the bill does not say. */
function beyond(billed: BilledDay, own: Tokens): Tokens | null {
  const { usage } = billed;
  if (!billed.hasComparableTokens || usage === null || usage.inputTokens === null) return null;
  return {
    inputTokens: usage.inputTokens - own.inputTokens,
    cachedTokens: (usage.cachedTokens ?? 0) - own.cachedTokens,
    outputTokens: (usage.outputTokens ?? 0) - own.outputTokens,
  };
}

function extraTokens(billed: BilledDay, booked: BookedSide): Tokens | null {
  return beyond(billed, booked.tokens);
}

/** The tokens the bill leaves for the estimated calls, once the others have theirs. */
function tokensLeft(billed: BilledDay, { tokens, uncertain }: BookedSide): Tokens | null {
  return beyond(billed, {
    inputTokens: tokens.inputTokens - uncertain.inputTokens,
    cachedTokens: tokens.cachedTokens - uncertain.cachedTokens,
    outputTokens: tokens.outputTokens - uncertain.outputTokens,
  });
}

function negated(tokens: Tokens | null): Tokens | null {
  if (tokens === null) return null;
  return { inputTokens: -tokens.inputTokens, cachedTokens: -tokens.cachedTokens, outputTokens: -tokens.outputTokens };
}

/** What tokens cost; null without a price that holds for all, or where a share would be below 0. */
function priceOf(tokens: Tokens | null, price: FrozenPrice | null): number | null {
  if (tokens === null || price === null) return null;
  const plainInputTokens = tokens.inputTokens - tokens.cachedTokens;
  if (plainInputTokens < 0 || tokens.cachedTokens < 0 || tokens.outputTokens < 0) return null;
  return costNanosOf(
    {
      plainInputTokens,
      cacheReadTokens: tokens.cachedTokens,
      cacheWriteTokens: 0,
      cacheWrite12hTokens: 0,
      outputTokens: tokens.outputTokens,
    },
    price,
  );
}

/** A cause with the amount reckoned for it; what is left over is rounding, or not explained. Null: nothing could be reckoned. */
function withRest(cause: DifferenceCause, nanos: number | null, difference: number, booked: BookedSide): DifferencePart[] {
  if (nanos === null) return [{ cause: 'unknown', nanos: difference }];
  const rest = difference - nanos;
  const parts: DifferencePart[] = [
    { cause, nanos },
    { cause: isRounding(rest, booked) ? 'rounding' : 'unknown', nanos: rest },
  ];
  return parts.filter((part) => part.nanos !== 0);
}

function isRounding(nanos: number, { total }: BookedSide): boolean {
  return Math.abs(nanos) <= billRoundingNanos + total.callCount;
}
