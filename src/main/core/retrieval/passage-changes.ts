import type { Db } from '../db/database.ts';

/** Tells which documents' passages or vectors were written since the changes are watched. */
export interface PassageChanges {
  /** The documents written to after a change, each with the number of its latest; numbers only grow. */
  after(change: number): readonly PassageChange[];
  /** The number of a document's latest change, 0 for none. Another one than before means: read again. */
  latestOf(documentId: string): number;
  /** Changes when another process wrote to the database, such as the terminal beside an open window: read everything again. */
  otherWriters(): number;
}

export interface PassageChange {
  readonly documentId: string;
  readonly change: number;
}

const nextChange = '(SELECT coalesce(max(change), 0) + 1 FROM passage_change)';
// Not OR REPLACE: the statement that sets off a trigger decides for it what becomes of a conflict.
const instead = 'ON CONFLICT (document_id) DO UPDATE SET change = excluded.change;';

/**
 * Numbers changes with triggers of this connection only; they are not part of the file. Whatever writes passages or
 * vectors is noticed, in the same transaction, without having to know about it.
 */
export function watchPassageChanges(db: Db): PassageChanges {
  const noteDocument = (id: string): string => `INSERT INTO passage_change (document_id, change) VALUES (${id}, ${nextChange}) ${instead}`;
  const noteContent = `
    INSERT INTO passage_change (document_id, change)
    SELECT DISTINCT document_id, ${nextChange} FROM passage WHERE content_hash = new.content_hash ${instead}`;
  db.exec(`
    CREATE TEMP TABLE IF NOT EXISTS passage_change (document_id TEXT PRIMARY KEY NOT NULL, change INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS temp.passage_change_order ON passage_change (change);
    CREATE TEMP TRIGGER IF NOT EXISTS passage_added AFTER INSERT ON main.passage BEGIN ${noteDocument('new.document_id')} END;
    CREATE TEMP TRIGGER IF NOT EXISTS passage_deleted AFTER DELETE ON main.passage BEGIN ${noteDocument('old.document_id')} END;
    CREATE TEMP TRIGGER IF NOT EXISTS embedding_added AFTER INSERT ON main.embedding BEGIN ${noteContent} END;
    CREATE TEMP TRIGGER IF NOT EXISTS embedding_updated AFTER UPDATE ON main.embedding BEGIN ${noteContent} END;
  `);
  const after = db.prepare<[number], PassageChange>(
    'SELECT document_id AS documentId, change FROM temp.passage_change WHERE change > ? ORDER BY change',
  );
  const latestOf = db.prepare<[string], number>('SELECT change FROM temp.passage_change WHERE document_id = ?').pluck();
  // https://sqlite.org/pragma.html#pragma_data_version
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  return {
    after: (change) => after.all(change),
    latestOf: (documentId) => latestOf.get(documentId) ?? 0,
    otherWriters: () => dataVersion.get() ?? 0,
  };
}
