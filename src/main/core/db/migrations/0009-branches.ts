import type { Database } from 'better-sqlite3';

/** Messages that are hidden until the next start, and answers that are compared side by side. */
export function branches(db: Database): void {
  db.exec(`
    -- The message that was removed, on it and on all that follows it; NULL while it is there.
    ALTER TABLE message ADD COLUMN removed_with TEXT;
    -- The same on all answers that are shown side by side.
    ALTER TABLE message ADD COLUMN comparison_id TEXT;
    CREATE INDEX message_removed ON message (removed_with) WHERE removed_with IS NOT NULL;
    CREATE INDEX message_by_comparison ON message (comparison_id) WHERE comparison_id IS NOT NULL;
  `);
}
