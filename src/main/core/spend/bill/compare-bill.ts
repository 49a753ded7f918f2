import { addTotals, emptyTotal, type AmountTotal } from '../../../../shared/amount.ts';
import type { BillComparison, BilledUsage, Seller } from '../../../../shared/contract/bill.ts';
import { holdingLines, type StoredBillLine } from './bill-store.ts';
import type { BookedDay } from './booked-days.ts';
import { explainDifference, settledNanosOf, type BilledDay, type BookedSide, type DifferencePart } from './explain-difference.ts';
import { modelKey } from './same-model.ts';

export interface CompareInput {
  /** Every line about the days, those of earlier files first. */
  readonly lines: readonly StoredBillLine[];
  /** Stretches of days of which the files know what they cost. */
  readonly covered: readonly { readonly seller: Seller; readonly fromDay: string; readonly toDay: string }[];
  readonly booked: readonly BookedDay[];
}

interface Pair {
  readonly seller: Seller;
  readonly day: string;
  readonly lines: StoredBillLine[];
  readonly booked: BookedDay[];
}

/** Bill against book, for each day and model, the latest day first and in it the dearest. */
export function compareBill({ lines, covered, booked }: CompareInput): BillComparison[] {
  const holding = holdingLines(lines);
  const undivided = new Set(holding.filter(({ aspect, item }) => aspect === 'cost' && item === '').map(dayKey));
  const isCovered = ({ seller, day }: BookedDay): boolean =>
    covered.some((stretch) => stretch.seller === seller && stretch.fromDay <= day && day <= stretch.toDay);
  const pairs = new Map<string, Pair>();
  const pairOf = (at: { seller: Seller; day: string }, name: string): Pair => {
    // Where the money of a day is not divided, nothing of the day can be.
    const key = `${dayKey(at)} ${undivided.has(dayKey(at)) ? '' : modelKey(name)}`;
    const pair = pairs.get(key) ?? { seller: at.seller, day: at.day, lines: [], booked: [] };
    pairs.set(key, pair);
    return pair;
  };
  for (const line of holding) pairOf(line, line.item).lines.push(line);
  const listed = new Set(pairs.keys());
  for (const side of booked) {
    const key = `${dayKey(side)} ${undivided.has(dayKey(side)) ? '' : modelKey(side.model)}`;
    if (listed.has(key) || isCovered(side)) pairOf(side, side.model).booked.push(side);
  }
  return [...pairs.values()].map(comparisonOf).toSorted(byDayAndSize);
}

function dayKey({ seller, day }: { seller: Seller; day: string }): string {
  return `${seller} ${day}`;
}

function byDayAndSize(a: BillComparison, b: BillComparison): number {
  const sizeOf = ({ billedNanos, booked }: BillComparison): number => Math.max(billedNanos ?? 0, booked.costNanos);
  return b.day.localeCompare(a.day) || sizeOf(b) - sizeOf(a);
}

function comparisonOf({ seller, day, lines, booked }: Pair): BillComparison {
  const side = bookedSideOf(booked);
  const costs = lines.filter(({ aspect }) => aspect === 'cost');
  const usage = usageOf(lines.filter(({ aspect }) => aspect === 'usage'));
  const isListed = lines.length > 0;
  const billed: BilledDay = {
    // Of a day the files speak of, what they do not list was not billed.
    costNanos: costs.length > 0 ? costs.reduce((sum, { costNanos }) => sum + (costNanos ?? 0), 0) : isListed ? null : 0,
    usage,
    isListed,
    hasComparableTokens: seller === 'openai',
  };
  const parts = explainDifference(billed, side);
  const settledNanos = settledNanosOf(billed, side);
  const item = lines[0]?.item ?? booked[0]?.model ?? '';
  return {
    seller,
    day,
    item: item === '' ? null : item,
    billedNanos: billed.costNanos,
    booked: side.total,
    differenceNanos: billed.costNanos === null ? null : billed.costNanos - side.total.costNanos,
    parts,
    billedUsage: usage,
    bookedUsage: { requestCount: side.billableCount, ...side.tokens },
    rates: ratesOf(billed, side, parts),
    estimates: { callCount: side.uncertain.callCount, costNanos: side.uncertain.costNanos },
    settleable:
      settledNanos === null || side.uncertainRecordId === null
        ? null
        : { recordId: side.uncertainRecordId, bookedNanos: side.uncertain.costNanos, settledNanos },
  };
}

function usageOf(lines: readonly StoredBillLine[]): BilledUsage | null {
  if (lines.length === 0) return null;
  const sum = (count: keyof BilledUsage): number | null =>
    lines.every((line) => line[count] === null) ? null : lines.reduce((whole, line) => whole + (line[count] ?? 0), 0);
  return {
    requestCount: sum('requestCount'),
    inputTokens: sum('inputTokens'),
    cachedTokens: sum('cachedTokens'),
    outputTokens: sum('outputTokens'),
  };
}

/** What is booked under several names of one model, as one. */
function bookedSideOf(days: readonly BookedDay[]): BookedSide {
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

/** Dollars per million tokens are nano-dollars per thousandth of a token. */
function ratesOf({ costNanos }: BilledDay, { tokens, total }: BookedSide, parts: readonly DifferencePart[]): BillComparison['rates'] {
  const tokenCount = tokens.inputTokens + tokens.outputTokens;
  if (costNanos === null || tokenCount === 0 || !parts.some(({ cause }) => cause === 'price')) return null;
  return { billed: costNanos / tokenCount / 1_000, booked: total.costNanos / tokenCount / 1_000 };
}

/** All comparisons with a bill as one: the parts of a cause added up, the largest first. */
export function totalOfComparisons(comparisons: readonly BillComparison[]) {
  const billed = comparisons.filter(({ billedNanos }) => billedNanos !== null);
  const byCause = new Map<DifferencePart['cause'], number>();
  for (const { cause, nanos } of billed.flatMap(({ parts }) => parts)) byCause.set(cause, (byCause.get(cause) ?? 0) + nanos);
  const billedNanos = billed.reduce((sum, comparison) => sum + (comparison.billedNanos ?? 0), 0);
  const booked = billed.reduce<AmountTotal>((total, comparison) => addTotals(total, comparison.booked), emptyTotal);
  return {
    billedNanos,
    booked,
    differenceNanos: billedNanos - booked.costNanos,
    parts: [...byCause].map(([cause, nanos]) => ({ cause, nanos })).toSorted((a, b) => Math.abs(b.nanos) - Math.abs(a.nanos)),
  };
}
