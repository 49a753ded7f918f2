import type { BilledUsage, BillKind, Seller } from '../../../../shared/contract/bill.ts';
import type { BillEntry, ParsedBill } from './bill-entry.ts';
import { toNanos } from './decimal-amount.ts';

/** What a file says about a part of a day and an item. */
export interface BillLine extends BilledUsage {
  readonly day: string;
  readonly item: string;
  /** Tells it from the other parts, as JSON; '' for all of it. */
  readonly part: string;
  /** Of a line that is one call: its id with the seller. */
  readonly callId: string | null;
  /** Null: the file says nothing of money. */
  readonly costNanos: number | null;
}

export interface StoredBillLine extends BillLine {
  readonly fileId: number;
  readonly seller: Seller;
  readonly kind: BillKind;
  /** What its file divides days by. */
  readonly grain: string;
}

/** The lines that hold: those about money and those about use. Of an activity export a line can be both. */
export interface HoldingLines {
  readonly costs: readonly StoredBillLine[];
  readonly usages: readonly StoredBillLine[];
}

/** The rows of a file as lines: one for each day, item and part. Rows of a file that nothing tells apart add up. */
export function linesOf({ entries }: ParsedBill): BillLine[] {
  const groups = Map.groupBy(entries, (entry) => JSON.stringify([entry.day, entry.item, partOf(entry)]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const { day, item, callId } = first;
    const costs = group.flatMap(({ cost }) => cost ?? []);
    const costNanos = costs.length === 0 ? null : toNanos(costs.reduce((a, b) => a + b));
    return [{ day, item, part: partOf(first), callId, costNanos, ...addUpUsage(group.flatMap(({ usage }) => usage ?? [])) }];
  });
}

function partOf({ dims }: BillEntry): string {
  const given = Object.entries(dims).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return given.length === 0 ? '' : JSON.stringify(given);
}

/** Counts added up; a count that none of them has stays unknown. */
export function addUpUsage(usages: readonly BilledUsage[]): BilledUsage {
  const sum = (count: keyof BilledUsage): number | null =>
    usages.every((usage) => usage[count] === null) ? null : usages.reduce((whole, usage) => whole + (usage[count] ?? 0), 0);
  return {
    requestCount: sum('requestCount'),
    inputTokens: sum('inputTokens'),
    cachedTokens: sum('cachedTokens'),
    outputTokens: sum('outputTokens'),
  };
}

/**
 * The lines that hold, of `lines` with those of earlier files first. Files that divide a day alike (by project, by hour) add up part by
 * part, and of two that speak of the same part the later one holds. Of files that divide it otherwise, one by model and another not, only
 * those count that divide it as the latest does: both together would count the day twice.
 */
export function holdingLines(lines: readonly StoredBillLine[]): HoldingLines {
  return {
    costs: latestOfEach(lines.filter(({ kind }) => kind !== 'usage')),
    usages: latestOfEach(lines.filter(({ kind }) => kind !== 'costs')),
  };
}

function latestOfEach(lines: readonly StoredBillLine[]): StoredBillLine[] {
  const days = Map.groupBy(lines, ({ seller, day }) => `${seller} ${day}`);
  return [...days.values()].flatMap((ofDay) => {
    const grain = ofDay.at(-1)?.grain;
    const alike = ofDay.filter((line) => line.grain === grain);
    return [...new Map(alike.map((line) => [JSON.stringify([line.item, line.part]), line])).values()];
  });
}

export interface LineChanges {
  readonly newLineCount: number;
  readonly sameLineCount: number;
  readonly changedLineCount: number;
}

/** What a new file's lines have changed, counted in days of a model, of money and of use: from the lines that held before to those now. */
export function changesOf(fileId: number, before: HoldingLines, now: HoldingLines): LineChanges {
  const [old, all, own] = [sayingsOf(before), sayingsOf(now), sayingsOf(now, fileId)];
  let [newLineCount, sameLineCount, changedLineCount] = [0, 0, 0];
  for (const key of own.keys()) {
    if (!old.has(key)) newLineCount += 1;
    else if (old.get(key) === all.get(key)) sameLineCount += 1;
    else changedLineCount += 1;
  }
  return { newLineCount, sameLineCount, changedLineCount };
}

/** What lines say of each day and item, of money and of use; those of one file alone where it is given. */
function sayingsOf({ costs, usages }: HoldingLines, fileId?: number): Map<string, string> {
  const ofFile = (lines: readonly StoredBillLine[]) => lines.filter((line) => fileId === undefined || line.fileId === fileId);
  const keyed = (aspect: string, lines: readonly StoredBillLine[]) =>
    Map.groupBy(ofFile(lines), ({ seller, day, item }) => JSON.stringify([aspect, seller, day, item]));
  const money = [...keyed('cost', costs)].map(
    ([key, group]) => [key, String(group.reduce((sum, { costNanos }) => sum + (costNanos ?? 0), 0))] as const,
  );
  const use = [...keyed('usage', usages)].map(([key, group]) => [key, JSON.stringify(addUpUsage(group))] as const);
  return new Map([...money, ...use]);
}
