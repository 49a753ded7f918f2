import { inTransaction, type Db } from '../src/main/core/db/database.ts';
import { searchTerms } from '../src/main/core/db/search-terms.ts';
import { createTextStore } from '../src/main/core/documents/text-store.ts';

export interface StoredPassage {
  readonly text: string;
  readonly contentHash: string;
  /** Titles of the headings above; they and the document's name are searched with more weight. */
  readonly headingPath?: readonly string[];
}

/** Stands between two passages in the document's text. */
const joiner = '\n\n';

/** Makes the function that writes documents as the indexer does once it has read them, and returns their passages' row ids. */
export function createDocumentWriter(db: Db): (id: string, name: string, passages: readonly StoredPassage[]) => number[] {
  db.prepare("INSERT OR IGNORE INTO collection (id, name, created_at) VALUES ('stored', 'stored', 0)").run();
  const insertDocument = db.prepare<[string, string, string]>(`
    INSERT INTO document (id, collection_id, name, media_type, size_bytes, content_hash, status, added_at)
    VALUES (?, 'stored', ?, 'text/plain', 1, ?, 'ready', 0)`);
  const texts = createTextStore(db);
  const insertPassage = db.prepare<[string, string, number, string, number, number, string]>(`
    INSERT INTO passage (id, document_id, position, heading_path_json, start_offset, end_offset, content_hash, token_count)
    VALUES (?, ?, ?, ?, ?, ?, ?, 100)`);
  const insertTerms = db.prepare<[number | bigint, string, string]>('INSERT INTO passage_fts (rowid, title, terms) VALUES (?, ?, ?)');

  return (id, name, passages) =>
    inTransaction(db, () => {
      insertDocument.run(id, name, id);
      texts.append(id, { startOffset: 0, text: passages.map(({ text }) => text).join(joiner), pages: [] });
      let start = 0;
      return passages.map(({ text, contentHash, headingPath = [] }, position) => {
        // An empty passage cannot be stored; nobody finds one either.
        const end = start + Math.max(text.length, 1);
        const passage = insertPassage.run(`${id}.${position}`, id, position, JSON.stringify(headingPath), start, end, contentHash);
        insertTerms.run(passage.lastInsertRowid, searchTerms([name, ...headingPath].join(' ')), searchTerms(text));
        start += text.length + joiner.length;
        return Number(passage.lastInsertRowid);
      });
    });
}
