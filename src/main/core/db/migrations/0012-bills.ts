import type { Database } from 'better-sqlite3';

/**
 * What providers billed, as their exports say it, and calls settled by it. Every file keeps its own lines, so that removing one
 * brings back what it had replaced; which line holds is decided when they are read.
 */
export function addBills(db: Database): void {
  db.exec(`
    CREATE TABLE bill_file (
      -- In the order of import: of two files that speak of the same, the later one holds.
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      -- SHA-256 of its text.
      content_hash TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      seller TEXT NOT NULL CHECK (seller IN ('openai', 'openrouter')),
      kind TEXT NOT NULL CHECK (kind IN ('costs', 'usage', 'activity')),
      from_day TEXT NOT NULL,
      to_day TEXT NOT NULL CHECK (to_day >= from_day),
      row_count INTEGER NOT NULL,
      -- [{row, reason}]: what could not be read, the first of them.
      bad_rows_json TEXT NOT NULL CHECK (json_valid(bad_rows_json)),
      bad_row_count INTEGER NOT NULL,
      imported_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE bill_line (
      file_id INTEGER NOT NULL REFERENCES bill_file (id) ON DELETE CASCADE,
      aspect TEXT NOT NULL CHECK (aspect IN ('cost', 'usage')),
      -- In UTC.
      day TEXT NOT NULL,
      -- As the bill calls the model or what else was sold; '' for a day that is not divided.
      item TEXT NOT NULL,
      -- Credits are below 0.
      cost_nanos INTEGER,
      request_count INTEGER CHECK (request_count >= 0),
      input_tokens INTEGER CHECK (input_tokens >= 0),
      cached_tokens INTEGER CHECK (cached_tokens >= 0),
      output_tokens INTEGER CHECK (output_tokens >= 0),
      PRIMARY KEY (file_id, aspect, day, item),
      CHECK ((aspect = 'cost') = (cost_nanos IS NOT NULL))
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX bill_line_by_day ON bill_line (day);

    -- A record whose amount the bill has settled. The record itself stays as it was booked.
    CREATE TABLE usage_settlement (
      record_id TEXT PRIMARY KEY NOT NULL,
      cost_nanos INTEGER NOT NULL CHECK (cost_nanos >= 0),
      booked_exactness TEXT NOT NULL CHECK (booked_exactness IN ('estimated', 'lower_bound')),
      booked_nanos INTEGER NOT NULL,
      -- What the bill said of that day and model, for whoever asks later.
      bill_json TEXT NOT NULL CHECK (json_valid(bill_json)),
      settled_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER usage_settlement_insert_only BEFORE UPDATE ON usage_settlement BEGIN
      SELECT RAISE(ABORT, 'settlements are insert-only');
    END;

    CREATE TRIGGER usage_settlement_of_deleted AFTER DELETE ON usage_record BEGIN
      DELETE FROM usage_settlement WHERE record_id = old.id;
    END;
  `);
}
