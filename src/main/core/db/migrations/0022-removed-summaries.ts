import type { Database } from 'better-sqlite3';

/** Summaries that can be removed. A row stays for what it says of the branch: that its messages were wanted back. */
export function removedSummaries(db: Database): void {
  db.exec(`
    -- NULL: it is there. Its text is erased at the next start.
    ALTER TABLE branch_summary ADD COLUMN removed_at INTEGER;
  `);
}
