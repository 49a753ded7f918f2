import type { Split, SpendMeasures } from '../../../shared/contract/spend.ts';
import { speedFloor } from '../../../shared/speed-floor.ts';
import type { Db } from '../db/database.ts';
import { settledExactness, settledNanos, settledPrice } from './settled-amount.ts';

/** What tells the sums of each split apart; '' where a call has none. `all` has one sum for every call. */
const keyExpressions: Readonly<Record<Split | 'all', string>> = {
  all: "''",
  model: "provider_id || '/' || requested_model",
  provider: 'provider_id',
  purpose: 'purpose',
  conversation: "coalesce(conversation_id, '')",
  folder: "coalesce((SELECT folder_id FROM filed_conversation filed WHERE filed.conversation_id = found.conversation_id), '')",
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

const columnsOfRecord = [
  'provider_id',
  'requested_model',
  'purpose',
  'conversation_id',
  'collection_id',
  'document_id',
  'local_day',
  'input_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'output_tokens',
  'reasoning_tokens',
  'first_token_ms',
  'duration_ms',
].join(', ');

const splitNames = Object.keys(keyExpressions);

const byIds = 'id IN (SELECT value FROM json_each(@idsJson))';
const ontoSums = `ON CONFLICT DO UPDATE SET ${columns.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`;

/** What each of the records that `which` names adds to each sum it is in, by split, unit, period and key. */
const sumsOfRecords = (which: string): string => `
  WITH found AS (
    SELECT ${columnsOfRecord}, ${settledExactness} AS exactness, ${settledNanos} AS cost_nanos, ${settledPrice} AS price_json
    FROM usage_record WHERE ${which}
  ),
  record AS MATERIALIZED (
    SELECT local_day, ${Object.entries(keyExpressions)
      .map(([split, key]) => `${key} AS key_${split}`)
      .join(', ')},
      ${columns.map((column) => `${additions[column]} AS ${column}`).join(', ')}
    FROM found
  ),
  kept (split) AS (VALUES ${splitNames.map((split) => `('${split}')`).join(', ')}),
  counted (unit) AS (VALUES ('day'), ('month'), ('ever')),
  part AS (
    SELECT split, unit, CASE unit WHEN 'day' THEN local_day WHEN 'month' THEN substr(local_day, 1, 7) ELSE '' END AS period,
      CASE split ${splitNames.map((split) => `WHEN '${split}' THEN key_${split}`).join(' ')} END AS key, ${columnList}
    FROM record, kept, counted
  )`;

/** Adds records, by their ids, to their sums (1), or takes them out of them (-1), with the amounts they have now. */
export function prepareChangeOfSums(db: Db, sign: 1 | -1): (recordIds: readonly string[]) => void {
  const change = db.prepare<{ idsJson: string }>(`
    ${sumsOfRecords(byIds)}
    INSERT INTO usage_sum (split, unit, period, key, ${columnList})
    SELECT split, unit, period, key, ${columns.map((column) => `${sign} * sum(${column})`).join(', ')}
    FROM part WHERE true GROUP BY split, unit, period, key ${ontoSums}`);
  return (recordIds) => void change.run({ idsJson: JSON.stringify(recordIds) });
}

/** Adds one record, by its id, to its sums. */
export function prepareAddToSums(db: Db): (recordId: string) => void {
  // Of one record there is nothing to group, which every booking has to pay for.
  const add = db.prepare<[string]>(`
    ${sumsOfRecords('id = ?')}
    INSERT INTO usage_sum (split, unit, period, key, ${columnList})
    SELECT split, unit, period, key, ${columnList} FROM part WHERE true ${ontoSums}`);
  const name = db.prepare<[string]>(`
    INSERT INTO usage_provider (provider_id, provider_name, provider_kind, started_at)
    SELECT provider_id, provider_name, provider_kind, started_at FROM usage_record WHERE id = ?
    ON CONFLICT DO UPDATE SET provider_name = excluded.provider_name, provider_kind = excluded.provider_kind, started_at = excluded.started_at
    WHERE excluded.started_at >= started_at`);
  return (recordId) => {
    add.run(recordId);
    name.run(recordId);
  };
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

/** Takes records, by their ids, out of their sums for good; those of nothing else go. Belongs into the transaction that deletes them. */
export function prepareDropFromSums(db: Db): (recordIds: readonly string[]) => void {
  const takeOut = prepareChangeOfSums(db, -1);
  const dropEmpty = db.prepare<{ idsJson: string }>(`
    ${sumsOfRecords(byIds)}
    DELETE FROM usage_sum WHERE call_count = 0
      AND (split, unit, period, key) IN (SELECT DISTINCT split, unit, period, key FROM part)`);
  const dropNames = db.prepare(
    `DELETE FROM usage_provider WHERE provider_id NOT IN (SELECT key FROM usage_sum WHERE split = 'provider' AND unit = 'ever')`,
  );
  return (recordIds) => {
    takeOut(recordIds);
    dropEmpty.run({ idsJson: JSON.stringify(recordIds) });
    dropNames.run();
  };
}
