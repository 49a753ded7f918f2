import type { Database } from 'better-sqlite3';

/** Where imported conversations come from, and the usage records that came along, which are not this profile's spend. */
export function addImports(db: Database): void {
  db.exec(`
    -- {missingImages: [name]}: it was imported, and images it had there did not come along. NULL: it was written here.
    ALTER TABLE message ADD COLUMN import_json TEXT CHECK (import_json IS NULL OR json_valid(import_json));

    CREATE TABLE imported_conversation (
      conversation_id TEXT PRIMARY KEY NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      import_id TEXT NOT NULL,
      source TEXT NOT NULL CHECK (source IN ('chatgpt', 'tally')),
      -- Its id there.
      source_id TEXT NOT NULL,
      -- SHA-256 of what it said when it was imported: the same is not imported twice.
      content_hash TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX imported_conversation_by_content ON imported_conversation (content_hash);
    CREATE INDEX imported_conversation_by_import ON imported_conversation (import_id);

    CREATE TABLE imported_call (
      id TEXT PRIMARY KEY NOT NULL,
      conversation_id TEXT NOT NULL REFERENCES conversation (id) ON DELETE CASCADE,
      -- NULL: of no message that came along.
      message_id TEXT REFERENCES message (id) ON DELETE CASCADE,
      -- The usage record of the profile it was exported from.
      record_json TEXT NOT NULL CHECK (json_valid(record_json))
    ) STRICT;
    CREATE INDEX imported_call_by_message ON imported_call (message_id) WHERE message_id IS NOT NULL;
    CREATE INDEX imported_call_by_conversation ON imported_call (conversation_id);
  `);
}
