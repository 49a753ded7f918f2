import type { Database } from 'better-sqlite3';

/** Whether a model takes images, as its provider's list says. */
export function modelsThatSee(db: Database): void {
  db.exec('ALTER TABLE provider_model ADD COLUMN takes_images INTEGER CHECK (takes_images IN (0, 1))');
}
