import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeDatabase, openDatabase, type Db } from '../src/main/core/db/database.ts';

export interface TemporaryDatabase extends Disposable {
  readonly db: Db;
  readonly dataDir: string;
}

/** A real, migrated database in a folder of its own. Disposing closes it and deletes the folder. */
export function openTemporaryDatabase(): TemporaryDatabase {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-'));
  const db = openDatabase({ dataDir, now: () => 1, newId: () => 'instance' });
  return {
    db,
    dataDir,
    [Symbol.dispose]() {
      closeDatabase(db);
      rmSync(dataDir, { recursive: true });
    },
  };
}
