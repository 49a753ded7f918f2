import type { Database } from 'better-sqlite3';

/** Records of calls are deleted by a deletion of spend history only, which stays on record: days, calls and sum. */
export function guardSpendHistory(db: Database): void {
  db.exec(`
    CREATE TABLE usage_deletion (
      id INTEGER PRIMARY KEY,
      from_day TEXT NOT NULL,
      to_day TEXT NOT NULL CHECK (to_day >= from_day),
      call_count INTEGER NOT NULL CHECK (call_count > 0),
      cost_nanos INTEGER NOT NULL,
      deleted_at INTEGER NOT NULL,
      -- While its records are being deleted, in the same transaction.
      is_open INTEGER NOT NULL CHECK (is_open IN (0, 1))
    ) STRICT;
    CREATE TRIGGER usage_record_kept BEFORE DELETE ON usage_record
    WHEN NOT EXISTS (SELECT 1 FROM usage_deletion WHERE is_open = 1 AND old.local_day BETWEEN from_day AND to_day) BEGIN
      SELECT RAISE(ABORT, 'usage records are kept');
    END;
  `);
}
