import { createHash } from 'node:crypto';
import type { Db } from '../../src/main/core/db/database.ts';
import { createDocumentWriter } from '../../tests/stored-document.ts';
import type { CorpusEntry } from './judged-collection.ts';

/** Entries that share a document. More would make it long to read, fewer the list of documents long. */
const entriesPerDocument = 200;

export interface IndexedCollection {
  readonly documentIds: readonly string[];
  /** Passage row id -> the entry it is. */
  readonly entries: ReadonlyMap<number, CorpusEntry>;
}

/** Puts every entry into the database as one passage whose heading is its title. */
export function indexCollection(db: Db, entries: readonly CorpusEntry[]): IndexedCollection {
  const writeDocument = createDocumentWriter(db);
  const byRowId = new Map<number, CorpusEntry>();
  const documentIds: string[] = [];
  for (let first = 0; first < entries.length; first += entriesPerDocument) {
    const id = `document-${first}`;
    const own = entries.slice(first, first + entriesPerDocument);
    const passages = own.map((entry) => ({ text: entry.text, headingPath: [entry.title], contentHash: contentHashOf(entry) }));
    for (const [index, rowId] of writeDocument(id, '', passages).entries()) {
      const entry = own[index];
      if (entry !== undefined) byRowId.set(rowId, entry);
    }
    documentIds.push(id);
  }
  return { documentIds, entries: byRowId };
}

/** What is embedded of an entry. */
export function embeddedTextOf({ title, text }: CorpusEntry): string {
  return title === '' ? text : `${title}\n\n${text}`;
}

/** The name its vector is stored under. */
export function contentHashOf(entry: CorpusEntry): string {
  return createHash('sha256').update(embeddedTextOf(entry)).digest('hex');
}
