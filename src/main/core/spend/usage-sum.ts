import type { Split, SpendMeasures } from '../../../shared/contract/spend.ts';
import { speedFloor } from '../../../shared/speed-floor.ts';
import type { Db } from '../db/database.ts';
import { settledNanos } from './settled-amount.ts';

/** What tells the sums of each split apart; '' where a call has none. `all` has one sum for every call. */
const keyExpressions: Readonly<Record<Split | 'all', string>> = {
  all: "''",
  model: "provider_id || '/' || requested_model",
  provider: 'provider_id',
  purpose: 'purpose',
  conversation: "coalesce(conversation_id, '')",
  folder: "coalesce((SELECT folder_id FROM filed_conversation filed WHERE filed.conversation_id = usage_record.conversation_id), '')",
  collection: "coalesce(collection_id, '')",
  document: "coalesce(document_id, '')",
};

const isTimed = `output_tokens >= ${speedFloor.outputTokens} AND duration_ms - first_token_ms >= ${speedFloor.writingMs}`;

/**
 * What a record adds to each column. Cache savings: what the tokens read from the cache would have cost as plain input, less
 * what they did, and less what writing to the cache cost beyond plain input; only where the price is known. Speed counts calls
 * as the receipt does: from the first token on, and only those long enough to tell.
 */
const additions = {
  call_count: '1',
  estimated_count: "exactness = 'estimated'",
  lower_bound_count: "exactness = 'lower_bound'",
  no_price_count: "exactness = 'no_price'",
  free_count: "exactness = 'free'",
  cost_nanos: 'coalesce(cost_nanos, 0)',
  exact_nanos: "iif(exactness IN ('exact', 'reported'), cost_nanos, 0)",
  input_tokens: 'coalesce(input_tokens, 0)',
  cache_read_tokens: 'coalesce(cache_read_tokens, 0)',
  cache_write_tokens: 'coalesce(cache_write_tokens, 0)',
  output_tokens: 'coalesce(output_tokens, 0)',
  reasoning_tokens: 'coalesce(reasoning_tokens, 0)',
  // A dollar per million tokens is 1,000 nano-dollars per token.
  saved_nanos: `coalesce(CAST(round(1000 * coalesce(price_json ->> 'multiplier', 1) * (
    coalesce(cache_read_tokens * ((price_json ->> 'inputPerMillion') - (price_json ->> 'cacheReadPerMillion')), 0)
    + coalesce(cache_write_tokens * ((price_json ->> 'inputPerMillion') - (price_json ->> 'cacheWritePerMillion')), 0)
  )) AS INTEGER), 0)`,
  duration_ms: 'duration_ms',
  timed_output_tokens: `iif(${isTimed}, output_tokens, 0)`,
  timed_ms: `iif(${isTimed}, duration_ms - first_token_ms, 0)`,
} as const;

// The keys of the object above, which Object.keys does not tell.
const columns = Object.keys(additions) as (keyof typeof additions)[];
const columnList = columns.join(', ');
const camelCase = (column: string): string => column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());

/** A row of sums, flat. */
export type SumRow = Omit<SpendMeasures, 'total'> & SpendMeasures['total'];

/** The sums of a group of rows of `usage_sum`, as a SumRow; 0 for no rows. */
export const sumColumns = columns.map((column) => `coalesce(sum(${column}), 0) AS ${camelCase(column)}`).join(', ');

/** The sums of one row of `usage_sum`, as a SumRow. */
export const plainSumColumns = columns.map((column) => `${column} AS ${camelCase(column)}`).join(', ');

/** A row of sums with its counts as an AmountTotal. */
export function measuresOf(row: SumRow): SpendMeasures {
  const { costNanos, exactNanos, callCount, estimatedCount, lowerBoundCount, noPriceCount, freeCount } = row;
  return {
    total: { costNanos, exactNanos, callCount, estimatedCount, lowerBoundCount, noPriceCount, freeCount },
    inputTokens: row.inputTokens,
    cacheReadTokens: row.cacheReadTokens,
    cacheWriteTokens: row.cacheWriteTokens,
    outputTokens: row.outputTokens,
    reasoningTokens: row.reasoningTokens,
    savedNanos: row.savedNanos,
    durationMs: row.durationMs,
    timedOutputTokens: row.timedOutputTokens,
    timedMs: row.timedMs,
  };
}

/**
 * What a settlement changes in each column: the amount of the bill takes the place of what was booked, and the call is no estimate
 * any more.
 */
const changesBySettlement: Partial<Record<keyof typeof additions, string>> = {
  estimated_count: "-(exactness = 'estimated')",
  lower_bound_count: "-(exactness = 'lower_bound')",
  cost_nanos: `${settledNanos} - cost_nanos`,
  exact_nanos: settledNanos,
};

/** Adds values of one record, by its id, to every split, by day, by month and over all time. */
function prepareAddition(db: Db, valueOf: (column: keyof typeof additions) => string): (recordId: string) => void {
  const splits = Object.keys(keyExpressions);
  const add = db.prepare<[string]>(`
    WITH record AS MATERIALIZED (
      SELECT local_day, ${Object.entries(keyExpressions)
        .map(([split, key]) => `${key} AS key_${split}`)
        .join(', ')},
        ${columns.map((column) => `${valueOf(column)} AS ${column}`).join(', ')}
      FROM usage_record WHERE id = ?
    ),
    kept (split) AS (VALUES ${splits.map((split) => `('${split}')`).join(', ')}),
    counted (unit) AS (VALUES ('day'), ('month'), ('ever'))
    INSERT INTO usage_sum (split, unit, period, key, ${columnList})
    SELECT split, unit, CASE unit WHEN 'day' THEN local_day WHEN 'month' THEN substr(local_day, 1, 7) ELSE '' END,
      CASE split ${splits.map((split) => `WHEN '${split}' THEN key_${split}`).join(' ')} END, ${columnList}
    FROM record, kept, counted WHERE true
    ON CONFLICT DO UPDATE SET ${columns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`);
  return (recordId) => void add.run(recordId);
}

/** Adds one record, by its id, to its sums. */
export function prepareAddToSums(db: Db): (recordId: string) => void {
  const add = prepareAddition(db, (column) => additions[column]);
  const name = db.prepare<[string]>(`
    INSERT INTO usage_provider (provider_id, provider_name, provider_kind, started_at)
    SELECT provider_id, provider_name, provider_kind, started_at FROM usage_record WHERE id = ?
    ON CONFLICT DO UPDATE SET provider_name = excluded.provider_name, provider_kind = excluded.provider_kind, started_at = excluded.started_at
    WHERE excluded.started_at >= started_at`);
  return (recordId) => {
    add(recordId);
    name.run(recordId);
  };
}

/** Makes the sums follow a settlement, by its record's id. Belongs into the transaction that stores the settlement. */
export function prepareSettleInSums(db: Db): (recordId: string) => void {
  return prepareAddition(db, (column) => changesBySettlement[column] ?? '0');
}

/**
 * Makes the sums of folders follow conversations that change their folder, with all they ever cost: what `move` does to
 * `filed_conversation` is what they are taken from and added to. Belongs into the transaction of the move.
 */
export function prepareMoveBetweenFolders(db: Db): (conversationIds: readonly string[], move: () => void) => void {
  const prepareSigned = (sign: '+' | '-') =>
    db.prepare<[string]>(`
      INSERT INTO usage_sum (split, unit, period, key, ${columnList})
      SELECT 'folder', unit, period, coalesce((SELECT folder_id FROM filed_conversation WHERE conversation_id = moved.id), '') AS folder,
        ${columns.map((column) => `${sign}sum(${column})`).join(', ')}
      FROM (SELECT DISTINCT value AS id FROM json_each(?)) AS moved
        CROSS JOIN usage_sum INDEXED BY usage_sum_by_key ON split = 'conversation' AND unit IN ('day', 'month', 'ever') AND key = moved.id
      GROUP BY unit, period, folder
      ON CONFLICT DO UPDATE SET ${columns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`);
  const take = prepareSigned('-');
  const add = prepareSigned('+');
  const dropEmpty = db.prepare(`DELETE FROM usage_sum WHERE split = 'folder' AND call_count = 0`);
  return (conversationIds, move) => {
    const idsJson = JSON.stringify(conversationIds);
    take.run(idsJson);
    move();
    add.run(idsJson);
    dropEmpty.run();
  };
}

/** Takes whole days out of the sums, when their records are deleted. Belongs into the transaction that deletes them. */
export function dropDaysFromSums(db: Db, days: { readonly from: string; readonly to: string }): void {
  const isSplit = `split IN (${Object.keys(keyExpressions)
    .map((split) => `'${split}'`)
    .join(', ')})`;
  db.prepare(`DELETE FROM usage_sum WHERE ${isSplit} AND unit = 'day' AND period BETWEEN @from AND @to`).run(days);
  const months = { from: days.from.slice(0, 7), to: days.to.slice(0, 7) };
  db.prepare(`DELETE FROM usage_sum WHERE ${isSplit} AND unit = 'month' AND period BETWEEN @from AND @to`).run(months);
  db.prepare(`DELETE FROM usage_sum WHERE ${isSplit} AND unit = 'ever'`).run();
  sumMonths(db, months);
  sumEver(db);
  db.exec(`DELETE FROM usage_provider WHERE provider_id NOT IN (SELECT key FROM usage_sum WHERE split = 'provider' AND unit = 'ever')`);
}

function sumMonths(db: Db, months: { readonly from: string; readonly to: string }): void {
  const sums = columns.map((column) => `sum(${column})`).join(', ');
  const add = db.prepare<{ split: string; from: string; to: string }>(`
    INSERT INTO usage_sum (split, unit, period, key, ${columnList})
    SELECT split, 'month', substr(period, 1, 7) AS month, key, ${sums} FROM usage_sum
    WHERE split = @split AND unit = 'day' AND period BETWEEN @from || '-01' AND @to || '-31' GROUP BY month, key`);
  for (const split of Object.keys(keyExpressions)) add.run({ split, ...months });
}

function sumEver(db: Db): void {
  const sums = columns.map((column) => `sum(${column})`).join(', ');
  const add = db.prepare<{ split: string }>(`
    INSERT INTO usage_sum (split, unit, period, key, ${columnList})
    SELECT split, 'ever', '', key, ${sums} FROM usage_sum WHERE split = @split AND unit = 'month' GROUP BY key`);
  for (const split of Object.keys(keyExpressions)) add.run({ split });
}
