import type { Database } from 'better-sqlite3';

/** What the request for an answer was made of, for its receipt. Kinds of parts may be added, so they are kept as JSON. */
export function requestParts(db: Database): void {
  db.exec(`
    CREATE TABLE message_request (
      message_id TEXT PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
      -- [{kind, tokens, ordinal}], in the order they were sent
      parts_json TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`);
}
