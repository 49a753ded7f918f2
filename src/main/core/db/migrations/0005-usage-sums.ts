import type { Database } from 'better-sqlite3';

/** What tells the sums of each split apart; '' where a call has none. */
const keys = {
  all: "''",
  model: "provider_id || '/' || requested_model",
  provider: 'provider_id',
  purpose: 'purpose',
  conversation: "coalesce(conversation_id, '')",
  collection: "coalesce(collection_id, '')",
  document: "coalesce(document_id, '')",
} as const;

/** What a record adds to each column. Cache savings are what the tokens would have cost as plain input, less what they did. */
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
  saved_nanos: `coalesce(CAST(round(1000 * coalesce(price_json ->> 'multiplier', 1) * (
    coalesce(cache_read_tokens * ((price_json ->> 'inputPerMillion') - (price_json ->> 'cacheReadPerMillion')), 0)
    + coalesce(cache_write_tokens * ((price_json ->> 'inputPerMillion') - (price_json ->> 'cacheWritePerMillion')), 0)
  )) AS INTEGER), 0)`,
  duration_ms: 'duration_ms',
  timed_output_tokens: 'iif(output_tokens >= 2 AND first_token_ms < duration_ms, output_tokens, 0)',
  timed_ms: 'iif(output_tokens >= 2 AND first_token_ms < duration_ms, duration_ms - first_token_ms, 0)',
} as const;

/**
 * One table of sums for every split of the spend page, by day, by month and over all time, in place of the two there were.
 * Filled from the records; nothing is lost with the old ones.
 */
export function usageSums(db: Database): void {
  const columns = Object.keys(additions);
  db.exec(`
    CREATE TABLE usage_sum (
      split TEXT NOT NULL CHECK (split IN ('all', 'model', 'provider', 'purpose', 'conversation', 'collection', 'document')),
      unit TEXT NOT NULL CHECK (unit IN ('day', 'month', 'ever')),
      -- YYYY-MM-DD, YYYY-MM or ''.
      period TEXT NOT NULL,
      -- Which model, provider and so on; '' for calls without one.
      key TEXT NOT NULL,
      call_count INTEGER NOT NULL,
      estimated_count INTEGER NOT NULL,
      lower_bound_count INTEGER NOT NULL,
      no_price_count INTEGER NOT NULL,
      free_count INTEGER NOT NULL,
      cost_nanos INTEGER NOT NULL,
      exact_nanos INTEGER NOT NULL,
      input_tokens INTEGER NOT NULL,
      cache_read_tokens INTEGER NOT NULL,
      cache_write_tokens INTEGER NOT NULL,
      output_tokens INTEGER NOT NULL,
      reasoning_tokens INTEGER NOT NULL,
      -- What reading from the cache saved, less what writing to it cost beyond plain input: may be below 0.
      saved_nanos INTEGER NOT NULL,
      duration_ms INTEGER NOT NULL,
      -- The calls whose speed is known: their output, and the time from the first token to the last.
      timed_output_tokens INTEGER NOT NULL,
      timed_ms INTEGER NOT NULL,
      PRIMARY KEY (split, unit, period, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX usage_sum_by_key ON usage_sum (split, unit, key, period);
    -- Conversations are many; the largest are found without reading them all.
    CREATE INDEX usage_sum_by_cost ON usage_sum (cost_nanos DESC, key) WHERE split = 'conversation' AND unit = 'ever';
    CREATE INDEX usage_sum_by_tokens ON usage_sum (input_tokens + output_tokens DESC, key) WHERE split = 'conversation' AND unit = 'ever';
    CREATE INDEX usage_sum_by_calls ON usage_sum (call_count DESC, key) WHERE split = 'conversation' AND unit = 'ever';
    CREATE INDEX usage_sum_by_timed ON usage_sum (timed_output_tokens DESC, key) WHERE split = 'conversation' AND unit = 'ever';
    CREATE INDEX usage_sum_by_cached ON usage_sum (cache_read_tokens DESC, key) WHERE split = 'conversation' AND unit = 'ever';
    CREATE TABLE usage_provider (
      provider_id TEXT PRIMARY KEY NOT NULL,
      -- As in its latest record.
      provider_name TEXT NOT NULL,
      provider_kind TEXT NOT NULL CHECK (provider_kind IN ('remote', 'local', 'demo')),
      started_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    DROP TABLE usage_daily;
    DROP TABLE usage_by_conversation;
    CREATE INDEX usage_record_by_collection ON usage_record (collection_id, local_day, started_at) WHERE collection_id IS NOT NULL;
    CREATE INDEX usage_record_without_price ON usage_record (local_day, started_at) WHERE exactness = 'no_price';
    INSERT INTO usage_provider (provider_id, provider_name, provider_kind, started_at)
      SELECT provider_id, provider_name, provider_kind, max(started_at) FROM usage_record GROUP BY provider_id;
  `);
  const sums = columns.map((column) => `sum(${column})`).join(', ');
  const recordSums = Object.values(additions).map((addition) => `sum(${addition})`);
  for (const [split, key] of Object.entries(keys)) {
    db.exec(`INSERT INTO usage_sum (split, unit, period, key, ${columns.join(', ')})
      SELECT '${split}', 'day', local_day, ${key}, ${recordSums.join(', ')} FROM usage_record GROUP BY local_day, ${key === "''" ? '1' : key}`);
  }
  for (const [unit, period, finer] of [
    ['month', 'substr(period, 1, 7)', 'day'],
    ['ever', "''", 'month'],
  ]) {
    db.exec(`INSERT INTO usage_sum (split, unit, period, key, ${columns.join(', ')})
      SELECT split, '${unit}', ${period}, key, ${sums} FROM usage_sum WHERE unit = '${finer}' GROUP BY split, ${period}, key`);
  }
}
