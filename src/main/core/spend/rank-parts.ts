import type { Measure, Split } from '../../../shared/contract/spend.ts';
import type { Db } from '../db/database.ts';
import { dayCountOf, spanOf, type DayRange, type DaySpan } from './day-span.ts';

/**
 * What parts are ranked by; none is ever below 0. Speed and savings say nothing about size: by the output that was timed,
 * and by what was read from the cache.
 */
const rankings: Readonly<Record<Measure, string>> = {
  cost: 'cost_nanos',
  tokens: 'input_tokens + output_tokens',
  calls: 'call_count',
  speed: 'timed_output_tokens',
  savings: 'cache_read_tokens',
};

/** The indexes conversations are walked by. SQLite takes the primary key and sorts them all unless it is told. */
const conversationIndexes: Readonly<Record<Measure, string>> = {
  cost: 'usage_sum_by_cost',
  tokens: 'usage_sum_by_tokens',
  calls: 'usage_sum_by_calls',
  speed: 'usage_sum_by_timed',
  savings: 'usage_sum_by_cached',
};

/** Up to here all conversations of the days are few enough to be read. */
const fewDays = 62;
const firstBatch = 256;
/** After so many the others are read as well. */
const mostWalked = 8_192;

/** The keys with the most of a measure, largest first; `range` null is all time. Calls without a key are left out. */
export type Ranking = (split: Split, range: DayRange | null, measure: Measure, limit: number) => string[];

interface Ranked {
  readonly key: string;
  readonly value: number;
}

/** Rows of a stretch of days: whole months from the sums of months, the days around them from the sums of days. */
export function spanRows(columns: string, condition: string, hint = ''): string {
  const rows = (unit: string, from: string, to: string) =>
    `SELECT ${columns} FROM usage_sum ${hint} WHERE split = @split AND unit = '${unit}' AND period BETWEEN @${from} AND @${to} AND ${condition}`;
  return [rows('day', 'headFrom', 'headTo'), rows('month', 'monthFrom', 'monthTo'), rows('day', 'tailFrom', 'tailTo')].join(' UNION ALL ');
}

/** Prepares the rankings of every measure. */
export function createRanking(db: Db): Ranking {
  const byMeasure = {
    cost: prepareRanking(db, 'cost'),
    tokens: prepareRanking(db, 'tokens'),
    calls: prepareRanking(db, 'calls'),
    speed: prepareRanking(db, 'speed'),
    savings: prepareRanking(db, 'savings'),
  };
  return (split, range, measure, limit) => byMeasure[measure](split, range, limit);
}

function prepareRanking(db: Db, measure: Measure): (split: Split, range: DayRange | null, limit: number) => string[] {
  const value = rankings[measure];
  const order = 'ORDER BY value DESC, key';
  const ever = db.prepare<{ split: Split; limit: number }, Ranked>(
    `SELECT key, ${value} AS value FROM usage_sum WHERE split = @split AND unit = 'ever' AND period = '' AND key <> '' ${order} LIMIT @limit`,
  );
  // As its index is written, or it cannot be used.
  const conversations = db.prepare<{ limit: number; offset: number }, Ranked>(
    `SELECT key, ${value} AS value FROM usage_sum INDEXED BY ${conversationIndexes[measure]} WHERE split = 'conversation' AND unit = 'ever' AND key <> ''
     ORDER BY ${value} DESC, key LIMIT @limit OFFSET @offset`,
  );
  const inSpan = db.prepare<DaySpan & { split: Split; limit: number }, Ranked>(
    `SELECT key, sum(value) AS value FROM (${spanRows(`key, ${value} AS value`, "key <> ''")}) GROUP BY key ${order} LIMIT @limit`,
  );
  const ofKeys = db.prepare<DaySpan & { split: Split; keysJson: string }, Ranked>(
    `SELECT key, sum(value) AS value FROM (${spanRows(`key, ${value} AS value`, 'key IN (SELECT value FROM json_each(@keysJson))', 'INDEXED BY usage_sum_by_key')}) GROUP BY key`,
  );
  const keysOf = (rows: readonly Ranked[]): string[] => rows.map(({ key }) => key);

  /**
   * No conversation has more of a measure in some days than over all time. So they are walked in the order of all time until
   * those to come can no longer be among the largest. Null when that takes too long.
   */
  function walk(span: DaySpan, limit: number): string[] | null {
    const found: Ranked[] = [];
    for (let offset = 0, size = firstBatch; offset < mostWalked; offset += size, size *= 2) {
      const batch = conversations.all({ limit: size, offset });
      found.push(...ofKeys.all({ ...span, split: 'conversation', keysJson: JSON.stringify(keysOf(batch)) }));
      found.sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1));
      const least = found[limit - 1];
      const next = batch.at(-1);
      const isDone = batch.length < size || (least !== undefined && next !== undefined && least.value > next.value);
      if (isDone) return keysOf(found.slice(0, limit));
    }
    return null;
  }

  return (split, range, limit) => {
    if (range === null) return keysOf(split === 'conversation' ? conversations.all({ limit, offset: 0 }) : ever.all({ split, limit }));
    const span = spanOf(range);
    const walked = split === 'conversation' && dayCountOf(range) > fewDays ? walk(span, limit) : null;
    return walked ?? keysOf(inSpan.all({ ...span, split, limit }));
  };
}
