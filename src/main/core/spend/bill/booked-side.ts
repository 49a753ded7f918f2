import { addAmount, addTotals, emptyTotal, type Amount, type AmountTotal } from '../../../../shared/amount.ts';
import type { BookedDay, SettledCalls } from './booked-days.ts';
import type { BookedSide } from './explain-difference.ts';
import type { MatchedCall } from './explain-matched.ts';
import type { KnownCall } from './matched-calls.ts';

/** What is booked under several names of one model, as one. */
export function combineBooked(days: readonly BookedDay[]): BookedSide {
  const [first] = days;
  const sum = (pick: (day: BookedDay) => number): number => days.reduce((whole, day) => whole + pick(day), 0);
  const callCount = sum(({ uncertain }) => uncertain.callCount);
  const hasOnePrice = days.every(({ price }) => JSON.stringify(price) === JSON.stringify(first?.price));
  return {
    total: days.reduce<AmountTotal>((total, day) => addTotals(total, day.total), emptyTotal),
    billableCount: sum((day) => day.billableCount),
    tokens: {
      inputTokens: sum(({ tokens }) => tokens.inputTokens),
      cachedTokens: sum(({ tokens }) => tokens.cachedTokens),
      outputTokens: sum(({ tokens }) => tokens.outputTokens),
    },
    uncertain: {
      callCount,
      costNanos: sum(({ uncertain }) => uncertain.costNanos),
      inputTokens: sum(({ uncertain }) => uncertain.inputTokens),
      cachedTokens: sum(({ uncertain }) => uncertain.cachedTokens),
      outputTokens: sum(({ uncertain }) => uncertain.outputTokens),
    },
    uncertainRecordId:
      callCount === 1 ? (days.find(({ uncertainRecordId }) => uncertainRecordId !== null)?.uncertainRecordId ?? null) : null,
    price: hasOnePrice ? (first?.price ?? null) : null,
    isReported: days.length > 0 && days.every(({ isReported }) => isReported),
  };
}

/** Everything booked of a pair: what the book has beside the matched calls, and those. */
export function bookedTotalOf(side: BookedSide, matched: readonly MatchedCall[]) {
  const calls = matched.map(({ call }) => call);
  const uncertain = calls.filter(({ exactness }) => exactness === 'estimated' || exactness === 'lower_bound');
  const sum = (from: readonly KnownCall[], pick: (call: KnownCall) => number): number =>
    from.reduce((whole, call) => whole + pick(call), 0);
  return {
    total: calls.reduce<AmountTotal>((total, call) => addAmount(total, amountOf(call)), side.total),
    usage: {
      requestCount: side.billableCount + calls.length,
      inputTokens: side.tokens.inputTokens + sum(calls, ({ inputTokens }) => inputTokens),
      cachedTokens: side.tokens.cachedTokens + sum(calls, ({ cachedTokens }) => cachedTokens),
      outputTokens: side.tokens.outputTokens + sum(calls, ({ outputTokens }) => outputTokens),
    },
    estimates: {
      callCount: side.uncertain.callCount + uncertain.length,
      costNanos: side.uncertain.costNanos + sum(uncertain, ({ costNanos }) => costNanos ?? 0),
    },
  };
}

function amountOf({ exactness, costNanos }: KnownCall): Amount {
  if (exactness === 'no_price' || exactness === 'free') return { exactness };
  return { exactness, costNanos: costNanos ?? 0 };
}

/** The calls of a pair that a bill has settled. */
export function settledOf(days: readonly BookedDay[], matched: readonly MatchedCall[]): SettledCalls {
  const settled = days.map((day) => day.settled);
  const known = matched.map(({ call }) => call).filter(({ isSettledByBill }) => isSettledByBill);
  const sum = (values: readonly number[]): number => values.reduce((whole, value) => whole + value, 0);
  return {
    recordIds: [...settled.flatMap(({ recordIds }) => recordIds), ...known.map(({ recordId }) => recordId)],
    bookedNanos: sum([...settled.map(({ bookedNanos }) => bookedNanos), ...known.map(({ bookedNanos }) => bookedNanos ?? 0)]),
    settledNanos: sum([...settled.map(({ settledNanos }) => settledNanos), ...known.map(({ costNanos }) => costNanos ?? 0)]),
  };
}
