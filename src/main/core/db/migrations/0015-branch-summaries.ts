import type { Database } from 'better-sqlite3';

/** Summaries that stand for the beginning of a branch, and when the advice to make one was dismissed. The messages themselves stay. */
export function branchSummaries(db: Database): void {
  db.exec(`
    CREATE TABLE branch_summary (
      -- It stands for this message and all before it, and goes with it.
      message_id TEXT PRIMARY KEY NOT NULL REFERENCES message (id) ON DELETE CASCADE,
      conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      message_count INTEGER NOT NULL CHECK (message_count > 0),
      text TEXT NOT NULL,
      -- 0: the messages go along all the same.
      is_used INTEGER NOT NULL CHECK (is_used IN (0, 1)),
      -- Who wrote it, and the run its calls are booked with.
      provider_id TEXT NOT NULL,
      model_id TEXT NOT NULL,
      run_id TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      edited_at INTEGER
    ) STRICT;

    CREATE INDEX branch_summary_by_conversation ON branch_summary (conversation_id);

    CREATE TABLE summary_dismissal (
      conversation_id TEXT PRIMARY KEY NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      -- Of a further turn, as the advice said it: what it takes in, and what it costs; NULL without a price.
      input_tokens INTEGER NOT NULL CHECK (input_tokens >= 0),
      cost_nanos INTEGER CHECK (cost_nanos >= 0)
    ) STRICT;
  `);
}
