import type { Database } from 'better-sqlite3';

/** What tells the sums of each split apart, as in 0005. */
const keys = {
  all: "''",
  model: "provider_id || '/' || requested_model",
  provider: 'provider_id',
  purpose: 'purpose',
  conversation: "coalesce(conversation_id, '')",
  collection: "coalesce(collection_id, '')",
  document: "coalesce(document_id, '')",
} as const;

const periods = { day: 'local_day', month: 'substr(local_day, 1, 7)', ever: "''" } as const;

/** Takes the calls that are too short to tell a speed out of the sums of speed, where the receipt leaves them out already. */
export function speedFloor(db: Database): void {
  for (const [split, key] of Object.entries(keys)) {
    for (const [unit, period] of Object.entries(periods)) {
      db.exec(`
        UPDATE usage_sum SET timed_output_tokens = timed_output_tokens - short.tokens, timed_ms = timed_ms - short.ms
        FROM (
          SELECT ${period} AS period, ${key} AS key, sum(output_tokens) AS tokens, sum(duration_ms - first_token_ms) AS ms
          FROM usage_record
          WHERE output_tokens >= 2 AND first_token_ms < duration_ms AND (output_tokens < 20 OR duration_ms - first_token_ms < 500)
          GROUP BY 1, 2
        ) AS short
        WHERE usage_sum.split = '${split}' AND usage_sum.unit = '${unit}'
          AND usage_sum.period = short.period AND usage_sum.key = short.key`);
    }
  }
}
