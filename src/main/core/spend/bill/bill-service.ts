import { createHash } from 'node:crypto';
import type { BillComparison, BillImport } from '../../../../shared/contract/bill.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../../db/database.ts';
import type { AppEvents } from '../../events.ts';
import { monthEndOf, type DayRange } from '../day-span.ts';
import { prepareSettleInSums } from '../usage-sum.ts';
import { createBillStore, holdingLines, linesOf, type BillLine, type StoredBillLine } from './bill-store.ts';
import { createBookedDays } from './booked-days.ts';
import { compareBill, totalOfComparisons } from './compare-bill.ts';
import { readBill, unpackBill } from './read-bill.ts';

export interface BillServiceDeps {
  readonly db: Db;
  readonly events: AppEvents;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export type BillService = ReturnType<typeof createBillService>;

interface RecordRow {
  readonly day: string;
  readonly exactness: string;
  readonly costNanos: number | null;
  readonly conversationId: string | null;
}

/** The seller's bill beside Tally's book. Every method answers the `bill.` route of its name. */
export function createBillService({ db, events, now }: BillServiceDeps) {
  const store = createBillStore(db);
  const bookedDays = createBookedDays(db);
  const settleInSums = prepareSettleInSums(db);
  const months = db.prepare<[], string>('SELECT DISTINCT substr(day, 1, 7) AS month FROM bill_line ORDER BY month DESC').pluck();
  const recordOf = db.prepare<[string], RecordRow>(`
    SELECT date(started_at / 1000, 'unixepoch') AS day, exactness, cost_nanos AS costNanos, conversation_id AS conversationId
    FROM usage_record WHERE id = ?`);
  const insertSettlement = db.prepare<{
    recordId: string;
    settledNanos: number;
    exactness: string;
    bookedNanos: number;
    billJson: string;
    settledAt: number;
  }>(`
    INSERT INTO usage_settlement (record_id, cost_nanos, booked_exactness, booked_nanos, bill_json, settled_at)
    VALUES (@recordId, @settledNanos, @exactness, @bookedNanos, @billJson, @settledAt)`);

  const compare = (days: DayRange): BillComparison[] =>
    compareBill({ lines: store.lines(days), covered: store.coveredBy(days), booked: bookedDays(days) });

  return {
    import({ name, gzipBase64 }: { readonly name: string; readonly gzipBase64: string }): BillImport {
      const text = unpackBill(gzipBase64);
      const contentHash = createHash('sha256').update(text).digest('hex');
      const known = store.fileOf(contentHash);
      const nothingNew = { newLineCount: 0, sameLineCount: 0, replacedLineCount: 0, hasMorePages: false };
      if (known !== null) return { file: known, isKnown: true, ...nothingNew };
      const bill = readBill(text);
      const lines = linesOf(bill);
      const result = inTransaction(db, () => {
        const before = holdingLines(store.lines({ from: bill.fromDay, to: bill.toDay }));
        const file = store.insert(bill, { contentHash, name, importedAt: now() }, lines);
        const changes = changesOf(
          before.filter(({ seller }) => seller === bill.seller),
          lines,
        );
        return { file, isKnown: false, ...changes, hasMorePages: bill.hasMorePages };
      });
      events.emit({ type: 'bills.changed' });
      return result;
    },
    removeFile({ id }: { readonly id: number }): void {
      store.remove(id);
      events.emit({ type: 'bills.changed' });
    },
    files: () => ({ files: store.files(), months: months.all() }),
    compare({ month }: { readonly month: string }) {
      const from = `${month}-01`;
      const comparisons = compare({ from, to: monthEndOf(from) });
      return { comparisons, total: totalOfComparisons(comparisons) };
    },
    settle({ recordId, settledNanos }: { readonly recordId: string; readonly settledNanos: number }): void {
      const conversationId = inTransaction(db, () => {
        const record = recordOf.get(recordId);
        if (record === undefined) throw new AppError('NOT_FOUND', 'No such call.');
        const comparison = compare({ from: record.day, to: record.day }).find(({ settleable }) => settleable?.recordId === recordId);
        if (comparison?.settleable?.settledNanos !== settledNanos) throw new AppError('CONFLICT', 'The bill says something else by now.');
        const { seller, day, item, billedNanos, billedUsage } = comparison;
        const billJson = JSON.stringify({ seller, day, item, billedNanos, billedUsage });
        const { exactness, costNanos } = record;
        insertSettlement.run({ recordId, settledNanos, exactness, bookedNanos: costNanos ?? 0, billJson, settledAt: now() });
        settleInSums(recordId);
        return record.conversationId;
      });
      events.emit({ type: 'usage.recorded', conversationId });
    },
  };
}

/** What lines of a new file mean for those that held before. */
function changesOf(before: readonly StoredBillLine[], lines: readonly BillLine[]) {
  const held = new Map(before.map((line) => [keyOf(line), line]));
  let [newLineCount, sameLineCount, replacedLineCount] = [0, 0, 0];
  for (const line of lines) {
    const old = held.get(keyOf(line));
    if (old === undefined) newLineCount += 1;
    else if (contentOf(old) === contentOf(line)) sameLineCount += 1;
    else replacedLineCount += 1;
  }
  return { newLineCount, sameLineCount, replacedLineCount };
}

function keyOf({ aspect, day, item }: BillLine): string {
  return JSON.stringify([aspect, day, item]);
}

function contentOf({ costNanos, requestCount, inputTokens, cachedTokens, outputTokens }: BillLine): string {
  return JSON.stringify([costNanos, requestCount, inputTokens, cachedTokens, outputTokens]);
}
