import { createHash } from 'node:crypto';
import { inTransaction, type Db } from '../../src/main/core/db/database.ts';
import { searchTerms } from '../../src/main/core/db/search-terms.ts';
import type { CorpusEntry } from './judged-collection.ts';

/** Entries that share a document. More would make it long to read, fewer the list of documents long. */
const entriesPerDocument = 200;
const joiner = '\n\n';

export interface IndexedCollection {
  readonly documentIds: readonly string[];
  /** Passage row id -> the entry it is. */
  readonly entries: ReadonlyMap<number, CorpusEntry>;
  /** What is embedded of an entry. */
  readonly embeddedTextOf: (entry: CorpusEntry) => string;
  readonly contentHashOf: (entry: CorpusEntry) => string;
}

/** Puts every entry into the database as one passage whose heading is its title. */
export function indexCollection(db: Db, entries: readonly CorpusEntry[]): IndexedCollection {
  const insertDocument = db.prepare<[string, string, string]>(`
    INSERT INTO document (id, collection_id, name, media_type, size_bytes, content_hash, status, added_at)
    VALUES (?, 'eval', ?, 'text/plain', 0, ?, 'ready', 0)`);
  const insertText = db.prepare<[string, string]>("INSERT INTO document_text VALUES (?, ?, '[]')");
  const insertPassage = db.prepare<[number, string, string, number, string, number, number, string]>(`
    INSERT INTO passage (row_id, id, document_id, position, heading_path_json, start_offset, end_offset, content_hash, token_count)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)`);
  const insertTerms = db.prepare<[number, string, string]>('INSERT INTO passage_fts (rowid, title, terms) VALUES (?, ?, ?)');
  const byRowId = new Map<number, CorpusEntry>();
  const documentIds: string[] = [];
  inTransaction(db, () => {
    db.exec("INSERT INTO collection VALUES ('eval', 'eval', 0)");
    for (let first = 0; first < entries.length; first += entriesPerDocument) {
      const documentId = `document-${first}`;
      const own = entries.slice(first, first + entriesPerDocument);
      insertDocument.run(documentId, documentId, documentId);
      insertText.run(documentId, own.map(({ text }) => text).join(joiner));
      let start = 0;
      for (const [position, entry] of own.entries()) {
        const rowId = first + position + 1;
        const { id, title, text } = entry;
        // An empty passage cannot be stored; nobody finds one either.
        const end = start + Math.max(text.length, 1);
        insertPassage.run(rowId, id, documentId, position, JSON.stringify([title]), start, end, contentHashOf(entry));
        insertTerms.run(rowId, searchTerms(title), searchTerms(text));
        byRowId.set(rowId, entry);
        start += text.length + joiner.length;
      }
      documentIds.push(documentId);
    }
  });
  return { documentIds, entries: byRowId, embeddedTextOf, contentHashOf };
}

function embeddedTextOf({ title, text }: CorpusEntry): string {
  return title === '' ? text : `${title}\n\n${text}`;
}

function contentHashOf(entry: CorpusEntry): string {
  return createHash('sha256').update(embeddedTextOf(entry)).digest('hex');
}
