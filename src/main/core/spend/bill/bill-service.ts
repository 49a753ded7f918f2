import { createHash } from 'node:crypto';
import type { bill as contract } from '../../../../shared/contract/bill.ts';
import type { HandlersFor } from '../../../../shared/rpc/define.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../../db/database.ts';
import type { AppEvents } from '../../events.ts';
import { monthEndOf, type DayRange } from '../day-span.ts';
import { createSettlements } from '../settlements.ts';
import { changesOf, holdingLines, linesOf } from './bill-lines.ts';
import { createBillStore } from './bill-store.ts';
import { createBookedDays } from './booked-days.ts';
import { compareBill, type ComparedDay } from './compare-bill.ts';
import { createFindKnownCalls } from './matched-calls.ts';
import { readBill, unpackBill } from './read-bill.ts';
import { createBilledSettlements } from './billed-settlements.ts';
import { totalOfComparisons } from './total-of-comparisons.ts';

export interface BillServiceDeps {
  readonly db: Db;
  readonly events: AppEvents;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export type BillService = ReturnType<typeof createBillService>;
type Handlers = HandlersFor<typeof contract>;
type Input<Route extends keyof Handlers> = Parameters<Handlers[Route]>[0];

/** The seller's bill beside Tally's book. Every method answers the `bill.` route of its name. */
export function createBillService({ db, events, now }: BillServiceDeps) {
  const store = createBillStore(db);
  const bookedDays = createBookedDays(db);
  const findKnownCalls = createFindKnownCalls(db);
  const settlements = createSettlements(db, now);
  const billed = createBilledSettlements(db);
  const months = db.prepare<[], string>('SELECT DISTINCT substr(day, 1, 7) AS month FROM bill_line ORDER BY month DESC').pluck();

  function compare(days: DayRange): ComparedDay[] {
    const lines = store.lines(days);
    const callIds = new Set(lines.flatMap(({ callId }) => callId ?? []));
    const known = findKnownCalls([...callIds], days);
    const matchedIds = [...known.values()].map(({ recordId }) => recordId);
    return compareBill({ lines, covered: store.coveredBy(days), booked: bookedDays(days, matchedIds), known });
  }

  /** The day and model that is meant. Throws AppError NOT_FOUND. */
  function find({ seller, day, item }: Pick<ComparedDay, 'seller' | 'day' | 'item'>): ComparedDay {
    const found = compare({ from: day, to: day }).find((each) => each.seller === seller && each.item === item);
    if (found === undefined) throw new AppError('NOT_FOUND', 'No such day and model.');
    return found;
  }

  return {
    import({ name, gzipBase64 }) {
      const text = unpackBill(gzipBase64);
      const contentHash = createHash('sha256').update(text).digest('hex');
      const known = store.fileOf(contentHash);
      const nothingNew = { newLineCount: 0, sameLineCount: 0, changedLineCount: 0, hasMorePages: false };
      if (known !== null) return { file: billed.withCount(known), isKnown: true, ...nothingNew };
      const parsed = readBill(text);
      const days = { from: parsed.fromDay, to: parsed.toDay };
      const result = inTransaction(db, () => {
        const before = holdingLines(store.lines(days));
        const file = store.insert(parsed, { contentHash, name, importedAt: now() }, linesOf(parsed));
        const changes = changesOf(file.id, before, holdingLines(store.lines(days)));
        return { file: { ...file, settledCount: 0 }, isKnown: false, ...changes, hasMorePages: parsed.hasMorePages };
      });
      events.emit({ type: 'bills.changed' });
      return result;
    },
    removeFile({ id }) {
      const recordIds = billed.restingOn(id);
      inTransaction(db, () => {
        settlements.setBack(recordIds);
        store.remove(id);
      });
      events.emit({ type: 'bills.changed' });
      if (recordIds.length > 0) events.emit({ type: 'usage.settled' });
    },
    files: () => ({ files: store.files().map(billed.withCount), months: months.all() }),
    compare({ month }) {
      const from = `${month}-01`;
      const comparisons = compare({ from, to: monthEndOf(from) }).map(
        ({ pinned: _pinned, settledIds: _settledIds, fileIds: _fileIds, ...comparison }) => comparison,
      );
      return { comparisons, total: totalOfComparisons(comparisons) };
    },
    settle({ callCount, settledNanos, ...at }) {
      inTransaction(db, () => {
        const { seller, day, item, billedNanos, billedUsage, settleable, pinned, fileIds } = find(at);
        if (settleable?.callCount !== callCount || settleable.settledNanos !== settledNanos) {
          throw new AppError('CONFLICT', 'The bill says something else by now.');
        }
        const billJson = JSON.stringify({ seller, day, item, billedNanos, billedUsage, fileIds });
        const shared = { source: 'bill', exactness: 'reported', priceJson: null, billJson } as const;
        settlements.settle(pinned.map((call) => ({ ...shared, recordId: call.recordId, costNanos: call.settledNanos })));
      });
      events.emit({ type: 'usage.settled' });
    },
    setBack(at) {
      inTransaction(db, () => settlements.setBack(find(at).settledIds));
      events.emit({ type: 'usage.settled' });
    },
  } satisfies {
    [Route in keyof Handlers as Route extends `bill.${infer Name}` ? Name : never]: (input: Input<Route>) => ReturnType<Handlers[Route]>;
  };
}
