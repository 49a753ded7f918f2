import type { AmountTotal } from '../../../shared/amount.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import type { DayRange } from './day-span.ts';
import type { SumQueries } from './sum-queries.ts';
import { dropDaysFromSums } from './usage-sum.ts';

export interface DeletionDeps {
  readonly db: Db;
  readonly sums: SumQueries;
  readonly events: AppEvents;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** What was deleted of the spend's history, and when. */
export interface Deletion extends DayRange {
  readonly callCount: number;
  readonly costNanos: number;
  readonly deletedAt: number;
}

/**
 * Deleting spend history: whole days, records and sums in one transaction. A trigger refuses every other deletion of records, and what
 * was deleted stays on record: days, calls and sum.
 */
export function createRecordDeletion({ db, sums, events, now }: DeletionDeps) {
  const open = db.prepare<DayRange & { callCount: number; costNanos: number; deletedAt: number }>(`
    INSERT INTO usage_deletion (from_day, to_day, call_count, cost_nanos, deleted_at, is_open)
    VALUES (@from, @to, @callCount, @costNanos, @deletedAt, 1)`);
  const deleteRecords = db.prepare<DayRange>('DELETE FROM usage_record WHERE local_day BETWEEN @from AND @to');
  const close = db.prepare('UPDATE usage_deletion SET is_open = 0 WHERE is_open = 1');
  const list = db.prepare<[], Deletion>(`
    SELECT from_day AS "from", to_day AS "to", call_count AS callCount, cost_nanos AS costNanos, deleted_at AS deletedAt
    FROM usage_deletion ORDER BY deleted_at DESC, id DESC`);
  return {
    /** What a deletion of these days would take. */
    quote: (range: DayRange): AmountTotal => sums.totalOf(range),
    /** Throws AppError CONFLICT when there are other calls by now than the person was told of; nothing is deleted then. */
    delete({ callCount, ...range }: DayRange & { readonly callCount: number }): void {
      inTransaction(db, () => {
        const total = sums.totalOf(range);
        if (total.callCount !== callCount) throw new AppError('CONFLICT', 'Calls were booked or deleted meanwhile.');
        open.run({ ...range, callCount, costNanos: total.costNanos, deletedAt: now() });
        deleteRecords.run(range);
        dropDaysFromSums(db, range);
        close.run();
      });
      events.emit({ type: 'usage.deleted' });
    },
    /** The newest first. */
    list: (): Deletion[] => list.all(),
  };
}
