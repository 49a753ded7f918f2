import type { AmountTotal } from '../../../shared/amount.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import type { DayRange } from './day-span.ts';
import type { SumQueries } from './sum-queries.ts';
import { prepareDropFromSums } from './usage-sum.ts';

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

/** How far a deletion has come, in calls. */
export interface DeletionProgress {
  readonly deletedCount: number;
  readonly callCount: number;
}

/** Records in a slice: some 30 ms of work among a million, so that answers go on streaming between two of them. */
const sliceSize = 500;

/**
 * Deleting spend history: whole days, a slice at a time, each with its sums in a transaction of its own. A trigger refuses every other
 * deletion of records, and what was deleted stays on record: days, calls and sum.
 */
export function createRecordDeletion({ db, sums, events, now }: DeletionDeps) {
  const dropFromSums = prepareDropFromSums(db);
  const open = db.prepare<DayRange & { callCount: number; costNanos: number; deletedAt: number }>(`
    INSERT INTO usage_deletion (from_day, to_day, call_count, cost_nanos, deleted_at, is_open)
    VALUES (@from, @to, @callCount, @costNanos, @deletedAt, 1)`);
  const reopen = db.prepare<{ id: number; callCount: number; costNanos: number }>(`
    UPDATE usage_deletion SET call_count = call_count + @callCount, cost_nanos = cost_nanos + @costNanos, is_open = 1 WHERE id = @id`);
  const close = db.prepare('UPDATE usage_deletion SET is_open = 0 WHERE is_open = 1');
  const lastRowId = db.prepare<[], number | null>('SELECT max(rowid) FROM usage_record').pluck();
  const slice = db
    .prepare<DayRange & { lastRowId: number; limit: number }, string>(
      `SELECT id FROM usage_record WHERE local_day BETWEEN @from AND @to AND rowid <= @lastRowId
       ORDER BY local_day, started_at LIMIT @limit`,
    )
    .pluck();
  const deleteRecords = db.prepare<[string]>('DELETE FROM usage_record WHERE id IN (SELECT value FROM json_each(?))');
  const list = db.prepare<[], Deletion>(`
    SELECT from_day AS "from", to_day AS "to", call_count AS callCount, cost_nanos AS costNanos, deleted_at AS deletedAt
    FROM usage_deletion ORDER BY deleted_at DESC, id DESC`);

  /** Deletes one slice; returns how many calls there were. `id`: of the deletion's own record, null for its first slice. */
  function deleteSlice(range: DayRange & { readonly lastRowId: number }, id: number | null): { callCount: number; id: number | null } {
    return inTransaction(db, () => {
      const ids = slice.all({ ...range, limit: sliceSize });
      if (ids.length === 0) return { callCount: 0, id };
      const before = sums.totalOf(range).costNanos;
      dropFromSums(ids);
      const taken = { callCount: ids.length, costNanos: before - sums.totalOf(range).costNanos };
      const { from, to } = range;
      const deletionId = id ?? Number(open.run({ from, to, ...taken, deletedAt: now() }).lastInsertRowid);
      if (id !== null) reopen.run({ id, ...taken });
      deleteRecords.run(JSON.stringify(ids));
      close.run();
      return { callCount: ids.length, id: deletionId };
    });
  }

  return {
    /** What a deletion of these days would take. */
    quote: (range: DayRange): AmountTotal => sums.totalOf(range),
    /**
     * Deletes the calls of these days that there are now, oldest first, and says after each slice how many are gone. Stops between two
     * slices when the signal aborts; what is gone then is gone. Throws AppError CONFLICT when there are other calls by now than
     * the person was told of; nothing is deleted then.
     */
    async *delete(
      { callCount, ...range }: DayRange & { readonly callCount: number },
      { signal }: { readonly signal: AbortSignal },
    ): AsyncGenerator<DeletionProgress> {
      if (sums.totalOf(range).callCount !== callCount) throw new AppError('CONFLICT', 'Calls were booked or deleted meanwhile.');
      const bounded = { ...range, lastRowId: lastRowId.get() ?? 0 };
      let [deletedCount, id]: [number, number | null] = [0, null];
      try {
        while (!signal.aborted) {
          const done = deleteSlice(bounded, id);
          if (done.callCount === 0) return;
          id = done.id;
          deletedCount += done.callCount;
          yield { deletedCount, callCount };
          await new Promise(setImmediate);
        }
      } finally {
        if (deletedCount > 0) events.emit({ type: 'usage.deleted' });
      }
    },
    /** The newest first. */
    list: (): Deletion[] => list.all(),
  };
}
