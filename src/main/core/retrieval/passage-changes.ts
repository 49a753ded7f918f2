import type { Db } from '../db/database.ts';

/** Tells which documents' passages or vectors were written since the changes are watched. */
export interface PassageChanges {
  /** For each document written to, how often. A number that differs from before means: read again. */
  counts(): ReadonlyMap<string, number>;
  /** Changes when another process wrote to the database, such as the terminal beside an open window: read everything again. */
  otherWriters(): number;
}

/**
 * Counts changes with triggers of this connection only; they are not part of the file. Whatever writes passages or
 * vectors is noticed, in the same transaction, without having to know about it.
 */
export function watchPassageChanges(db: Db): PassageChanges {
  const noteDocument = (id: string): string =>
    `INSERT INTO passage_change (document_id, count) VALUES (${id}, 1) ON CONFLICT (document_id) DO UPDATE SET count = count + 1;`;
  const noteContent = `
    INSERT INTO passage_change (document_id, count)
    SELECT DISTINCT document_id, 1 FROM passage WHERE content_hash = new.content_hash
    ON CONFLICT (document_id) DO UPDATE SET count = count + 1;`;
  db.exec(`
    CREATE TEMP TABLE IF NOT EXISTS passage_change (document_id TEXT PRIMARY KEY NOT NULL, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TEMP TRIGGER IF NOT EXISTS passage_added AFTER INSERT ON main.passage BEGIN ${noteDocument('new.document_id')} END;
    CREATE TEMP TRIGGER IF NOT EXISTS passage_deleted AFTER DELETE ON main.passage BEGIN ${noteDocument('old.document_id')} END;
    CREATE TEMP TRIGGER IF NOT EXISTS embedding_added AFTER INSERT ON main.embedding BEGIN ${noteContent} END;
    CREATE TEMP TRIGGER IF NOT EXISTS embedding_updated AFTER UPDATE ON main.embedding BEGIN ${noteContent} END;
  `);
  const counts = db.prepare<[], { documentId: string; count: number }>('SELECT document_id AS documentId, count FROM temp.passage_change');
  // https://sqlite.org/pragma.html#pragma_data_version
  const dataVersion = db.prepare<[], number>('PRAGMA data_version').pluck();
  return {
    otherWriters: () => dataVersion.get() ?? 0,
    counts: () => new Map(counts.all().map(({ documentId, count }) => [documentId, count])),
  };
}
