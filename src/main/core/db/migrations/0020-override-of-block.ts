import type { Database } from 'better-sqlite3';

/** An override says whether the budget would have asked or blocked; those before do not. */
export function overrideOfBlock(db: Database): void {
  db.exec(`ALTER TABLE budget_override ADD COLUMN at_limit TEXT CHECK (at_limit IN ('ask', 'block'))`);
}
