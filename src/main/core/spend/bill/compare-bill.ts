import type { BillComparison, Seller } from '../../../../shared/contract/bill.ts';
import { addUpUsage, holdingLines, type HoldingLines, type StoredBillLine } from './bill-lines.ts';
import type { BookedDay } from './booked-days.ts';
import { combineBooked, bookedTotalOf, settledOf } from './booked-side.ts';
import { explainDifference, settledNanosOf, type BilledDay, type BookedSide, type DifferencePart } from './explain-difference.ts';
import { addUpParts, explainMatched, pinnedOf, type MatchedCall, type PinnedCall } from './explain-matched.ts';
import type { KnownCall } from './matched-calls.ts';
import { modelKey } from './same-model.ts';

export interface CompareInput {
  /** Every line about the days, those of earlier files first. */
  readonly lines: readonly StoredBillLine[];
  /** Stretches of days of which the files know what they cost. */
  readonly covered: readonly { readonly seller: Seller; readonly fromDay: string; readonly toDay: string }[];
  /** Without the calls that are known by their ids. */
  readonly booked: readonly BookedDay[];
  /** Calls the lines name by their ids. */
  readonly known: ReadonlyMap<string, KnownCall>;
}

/** A comparison with what only settling asks for. */
export interface ComparedDay extends BillComparison {
  /** The calls whose amounts the bill pins. */
  readonly pinned: readonly PinnedCall[];
  /** The calls it has settled before. */
  readonly settledIds: readonly string[];
  /** The files whose lines were compared. */
  readonly fileIds: readonly number[];
}

interface Pair {
  readonly seller: Seller;
  readonly day: string;
  readonly costs: StoredBillLine[];
  readonly usages: StoredBillLine[];
  readonly booked: BookedDay[];
}

/** Bill against book, for each day and model, the latest day first and in it the dearest. */
export function compareBill({ lines, covered, booked, known }: CompareInput): ComparedDay[] {
  const holding = holdingLines(lines);
  const pairs = pairLines(holding);
  const isCovered = ({ seller, day }: BookedDay): boolean =>
    covered.some((stretch) => stretch.seller === seller && stretch.fromDay <= day && day <= stretch.toDay);
  const listed = new Set(pairs.byKey.keys());
  for (const side of booked) {
    if (listed.has(pairs.keyOf(side, side.model)) || isCovered(side)) pairs.of(side, side.model).booked.push(side);
  }
  return [...pairs.byKey.values()].map((pair) => comparisonOf(pair, known)).toSorted(byDayAndSize);
}

/** Gives every line its pair: lines and what is booked of one model and day. */
function pairLines({ costs, usages }: HoldingLines) {
  const dayKey = ({ seller, day }: { seller: Seller; day: string }): string => `${seller} ${day}`;
  // Where the money of a day is not divided, nothing of the day can be.
  const undivided = new Set(costs.filter(({ item }) => item === '').map(dayKey));
  const keyOf = (at: { seller: Seller; day: string }, name: string): string =>
    `${dayKey(at)} ${undivided.has(dayKey(at)) ? '' : modelKey(name)}`;
  const byKey = new Map<string, Pair>();
  const of = (at: { seller: Seller; day: string }, name: string): Pair => {
    const key = keyOf(at, name);
    const pair = byKey.get(key) ?? { seller: at.seller, day: at.day, costs: [], usages: [], booked: [] };
    byKey.set(key, pair);
    return pair;
  };
  for (const line of costs) of(line, line.item).costs.push(line);
  for (const line of usages) of(line, line.item).usages.push(line);
  return { byKey, keyOf, of };
}

function byDayAndSize(a: BillComparison, b: BillComparison): number {
  const sizeOf = ({ billedNanos, booked }: BillComparison): number => Math.max(billedNanos ?? 0, booked.costNanos);
  return b.day.localeCompare(a.day) || sizeOf(b) - sizeOf(a);
}

function comparisonOf({ seller, day, costs, usages, booked }: Pair, known: CompareInput['known']): ComparedDay {
  const callOf = ({ callId }: StoredBillLine): KnownCall | undefined => (callId === null ? undefined : known.get(callId));
  const matched = costs.flatMap((line): MatchedCall[] => {
    const call = callOf(line);
    return call === undefined ? [] : [{ line, call }];
  });
  const isLeft = (line: StoredBillLine): boolean => callOf(line) === undefined;
  const side = combineBooked(booked);
  const rest = billedOf(seller, costs.filter(isLeft), usages.filter(isLeft), matched.length > 0);
  const parts = addUpParts([...explainMatched(matched), ...explainDifference(rest, side)]);
  const pinned = [...pinnedOf(matched), ...pinnedOfRest(rest, side)];
  const matchedNanos = matched.reduce((sum, { line }) => sum + (line.costNanos ?? 0), 0);
  const billedNanos = rest.costNanos === null ? null : rest.costNanos + matchedNanos;
  const total = bookedTotalOf(side, matched);
  const settled = settledOf(booked, matched);
  const lines = [...costs, ...usages];
  const item = lines[0]?.item ?? booked[0]?.model ?? '';
  return {
    seller,
    day,
    item: item === '' ? null : item,
    billedNanos,
    booked: total.total,
    differenceNanos: billedNanos === null ? null : billedNanos - total.total.costNanos,
    parts,
    billedUsage: usages.length === 0 ? null : addUpUsage(usages),
    bookedUsage: total.usage,
    matchedCount: matched.length,
    rates: ratesOf(billedNanos, total, parts),
    estimates: total.estimates,
    settleable: pinned.length === 0 ? null : settleableOf(pinned),
    settled:
      settled.recordIds.length === 0
        ? null
        : { callCount: settled.recordIds.length, bookedNanos: settled.bookedNanos, settledNanos: settled.settledNanos },
    pinned,
    settledIds: settled.recordIds,
    fileIds: [...new Set(lines.map(({ fileId }) => fileId))],
  };
}

/** What the bill says of a pair, without the calls that are known by their ids. */
function billedOf(seller: Seller, costs: readonly StoredBillLine[], usages: readonly StoredBillLine[], isMatched: boolean): BilledDay {
  const isListed = costs.length + usages.length > 0;
  const isMoneyKnown = costs.length > 0 || !isListed || isMatched;
  return {
    // Of a day the files speak of, what they do not list was not billed.
    costNanos: isMoneyKnown ? costs.reduce((sum, { costNanos }) => sum + (costNanos ?? 0), 0) : null,
    usage: usages.length === 0 ? null : addUpUsage(usages),
    isListed,
    hasComparableTokens: seller === 'openai',
  };
}

function pinnedOfRest(billed: BilledDay, side: BookedSide): PinnedCall[] {
  const settledNanos = settledNanosOf(billed, side);
  if (settledNanos === null || side.uncertainRecordId === null) return [];
  return [{ recordId: side.uncertainRecordId, bookedNanos: side.uncertain.costNanos, settledNanos }];
}

function settleableOf(pinned: readonly PinnedCall[]): NonNullable<BillComparison['settleable']> {
  return {
    callCount: pinned.length,
    bookedNanos: pinned.reduce((sum, { bookedNanos }) => sum + (bookedNanos ?? 0), 0),
    settledNanos: pinned.reduce((sum, { settledNanos }) => sum + settledNanos, 0),
  };
}

/** Dollars per million tokens are nano-dollars per thousandth of a token. */
function ratesOf(
  billedNanos: number | null,
  { usage, total }: ReturnType<typeof bookedTotalOf>,
  parts: readonly DifferencePart[],
): BillComparison['rates'] {
  const tokenCount = usage.inputTokens + usage.outputTokens;
  if (billedNanos === null || tokenCount === 0 || !parts.some(({ cause }) => cause === 'price')) return null;
  return { billed: billedNanos / tokenCount / 1_000, booked: total.costNanos / tokenCount / 1_000 };
}
