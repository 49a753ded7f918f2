import type { Database } from 'better-sqlite3';

const sumColumns = `
  call_count, estimated_count, lower_bound_count, no_price_count, free_count, cost_nanos, exact_nanos, input_tokens, cache_read_tokens,
  cache_write_tokens, output_tokens, reasoning_tokens, saved_nanos, duration_ms, timed_output_tokens, timed_ms`;

/**
 * Folders for conversations, pins and an archive. The sums have a split more, by folder: until there is one, every call is in none.
 */
export function addFolders(db: Database): void {
  db.exec(`
    CREATE TABLE folder (
      id TEXT PRIMARY KEY NOT NULL,
      name TEXT NOT NULL,
      -- Whether its conversations are shown in the history.
      is_open INTEGER NOT NULL CHECK (is_open IN (0, 1)),
      created_at INTEGER NOT NULL,
      removed_at INTEGER
    ) STRICT;

    -- Stays when a conversation is erased, so that what it cost stays in the folder's sum.
    CREATE TABLE conversation_folder (
      conversation_id TEXT PRIMARY KEY NOT NULL,
      folder_id TEXT NOT NULL REFERENCES folder (id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX conversation_folder_by_folder ON conversation_folder (folder_id);

    -- A removed folder holds nothing, until it is restored.
    CREATE VIEW filed_conversation AS
      SELECT conversation_id, folder_id FROM conversation_folder JOIN folder ON folder.id = folder_id WHERE removed_at IS NULL;

    ALTER TABLE conversation ADD COLUMN pinned_at INTEGER;
    ALTER TABLE conversation ADD COLUMN archived_at INTEGER;
    CREATE INDEX conversation_listed ON conversation (updated_at DESC, id DESC) WHERE removed_at IS NULL AND archived_at IS NULL;
    CREATE INDEX conversation_pinned ON conversation (pinned_at) WHERE pinned_at IS NOT NULL;
    CREATE INDEX conversation_archived ON conversation (updated_at DESC, id DESC) WHERE archived_at IS NOT NULL;
  `);
  addSplit(db);
}

/** A CHECK cannot be changed in place, so the table is made anew. */
function addSplit(db: Database): void {
  db.exec(`
    CREATE TABLE usage_sum_by_splits (
      split TEXT NOT NULL
        CHECK (split IN ('all', 'model', 'provider', 'purpose', 'conversation', 'folder', 'collection', 'document')),
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
    INSERT INTO usage_sum_by_splits (split, unit, period, key, ${sumColumns})
      SELECT split, unit, period, key, ${sumColumns} FROM usage_sum;
    INSERT INTO usage_sum_by_splits (split, unit, period, key, ${sumColumns})
      SELECT 'folder', unit, period, key, ${sumColumns} FROM usage_sum WHERE split = 'all';
    DROP TABLE usage_sum;
    ALTER TABLE usage_sum_by_splits RENAME TO usage_sum;
    CREATE INDEX usage_sum_by_key ON usage_sum (split, unit, key, period);
    CREATE INDEX usage_sum_by_cost ON usage_sum (cost_nanos DESC, key) WHERE split = 'conversation' AND unit = 'ever';
    CREATE INDEX usage_sum_by_tokens ON usage_sum (input_tokens + output_tokens DESC, key) WHERE split = 'conversation' AND unit = 'ever';
    CREATE INDEX usage_sum_by_calls ON usage_sum (call_count DESC, key) WHERE split = 'conversation' AND unit = 'ever';
    CREATE INDEX usage_sum_by_timed ON usage_sum (timed_output_tokens DESC, key) WHERE split = 'conversation' AND unit = 'ever';
    CREATE INDEX usage_sum_by_cached ON usage_sum (cache_read_tokens DESC, key) WHERE split = 'conversation' AND unit = 'ever';
  `);
}
