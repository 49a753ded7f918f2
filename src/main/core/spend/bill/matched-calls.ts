import type { Amount } from '../../../../shared/amount.ts';
import type { Db } from '../../db/database.ts';
import type { DayRange } from '../day-span.ts';
import { settledBy, settledExactness, settledNanos } from '../settled-amount.ts';
import { localDaysAround, sellerOf, type Tokens } from './booked-days.ts';

/** A call of Tally's that a bill names by its id. */
export interface KnownCall extends Tokens {
  readonly recordId: string;
  /** The seller's id of it. */
  readonly callId: string;
  readonly exactness: Amount['exactness'];
  /** Null without a price. */
  readonly costNanos: number | null;
  /** What it was booked at, before a bill settled it. */
  readonly bookedNanos: number | null;
  readonly isSettledByBill: boolean;
}

interface Row extends Omit<KnownCall, 'isSettledByBill'> {
  readonly isSettledByBill: number;
}

/** Finds the calls that a bill names by their ids, by id. An id that two records have matches neither. */
export function createFindKnownCalls(db: Db): (callIds: readonly string[], days: DayRange) => Map<string, KnownCall> {
  const find = db.prepare<{ idsJson: string; localFrom: string; localTo: string }, Row>(`
    SELECT id AS recordId, request_id AS callId, ${settledExactness} AS exactness, ${settledNanos} AS costNanos, cost_nanos AS bookedNanos,
      coalesce(${settledBy} = 'bill', 0) AS isSettledByBill, coalesce(input_tokens, 0) AS inputTokens,
      coalesce(cache_read_tokens, 0) AS cachedTokens, coalesce(output_tokens, 0) AS outputTokens
    FROM usage_record
    WHERE local_day BETWEEN @localFrom AND @localTo AND provider_kind = 'remote' AND ${sellerOf} = 'openrouter'
      AND request_id IN (SELECT value FROM json_each(@idsJson))
    GROUP BY request_id HAVING count(*) = 1`);
  return (callIds, days) => {
    if (callIds.length === 0) return new Map();
    const rows = find.all({ idsJson: JSON.stringify(callIds), ...localDaysAround(days) });
    return new Map(rows.map(({ isSettledByBill, ...call }) => [call.callId, { ...call, isSettledByBill: isSettledByBill === 1 }]));
  };
}
