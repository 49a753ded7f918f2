import type { Failure } from '../../../shared/contract/chat.ts';
import type { Collection, DocumentStatus } from '../../../shared/contract/documents.ts';
import type { Db } from '../db/database.ts';
import type { PageStart } from './parsing/parsed-file.ts';

/** The collection that files go to when none is named. */
export const defaultCollectionId = 'default';

/** A document as it is stored, with what is counted of it. Column names as in the table. */
export interface DocumentRow {
  readonly id: string;
  readonly collection_id: string;
  readonly name: string;
  readonly media_type: string;
  readonly size_bytes: number;
  readonly content_hash: string;
  readonly status: DocumentStatus;
  readonly failure_json: string | null;
  readonly notice_json: string | null;
  readonly page_count: number | null;
  readonly token_count: number | null;
  readonly added_at: number;
  readonly removed_at: number | null;
  readonly passage_count: number;
  readonly has_vectors: 0 | 1;
}

export interface NewDocument {
  readonly id: string;
  readonly collectionId: string;
  readonly name: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly contentHash: string;
  readonly addedAt: number;
}

export type DocumentStore = ReturnType<typeof createDocumentStore>;

// Passages are embedded in order, so the last one having a vector means that all have.
const selectDocument = `
  SELECT d.*, (SELECT count(*) FROM passage p WHERE p.document_id = d.id) AS passage_count,
    EXISTS (
      SELECT 1 FROM embedding e WHERE e.content_hash = (
        SELECT p.content_hash FROM passage p WHERE p.document_id = d.id ORDER BY p.position DESC LIMIT 1
      )
    ) AS has_vectors
  FROM document d`;

const selectCollection = `
  SELECT c.id, c.name, count(d.id) AS documentCount,
    coalesce(sum((SELECT count(*) FROM passage p WHERE p.document_id = d.id)), 0) AS passageCount
  FROM collection c LEFT JOIN document d ON d.collection_id = c.id AND d.removed_at IS NULL`;

/** Collections, documents and their texts. Offsets are UTF-16 code units, times epoch milliseconds. */
export function createDocumentStore(db: Db) {
  const insertCollection = db.prepare<[string, string, number]>('INSERT OR IGNORE INTO collection (id, name, created_at) VALUES (?, ?, ?)');
  const collections = db.prepare<[], Collection>(`${selectCollection} GROUP BY c.id ORDER BY c.created_at, c.id`);
  const collection = db.prepare<[string], Collection>(`${selectCollection} WHERE c.id = ? GROUP BY c.id`);
  const insert = db.prepare<NewDocument>(`
    INSERT INTO document (id, collection_id, name, media_type, size_bytes, content_hash, status, added_at)
    VALUES (@id, @collectionId, @name, @mediaType, @sizeBytes, @contentHash, 'queued', @addedAt)`);
  const get = db.prepare<[string], DocumentRow>(`${selectDocument} WHERE d.id = ?`);
  const list = db.prepare<[string | null], DocumentRow>(
    `${selectDocument} WHERE d.removed_at IS NULL AND d.collection_id = coalesce(?, d.collection_id) ORDER BY d.added_at DESC, d.id DESC`,
  );
  const withContent = db.prepare<[string, string], DocumentRow>(
    `${selectDocument} WHERE d.collection_id = ? AND d.content_hash = ? AND d.removed_at IS NULL ORDER BY d.added_at LIMIT 1`,
  );
  const unfinished = db
    .prepare<[], string>(
      "SELECT id FROM document WHERE status IN ('queued', 'reading', 'embedding') AND removed_at IS NULL ORDER BY added_at, id",
    )
    .pluck();
  const ready = db
    .prepare<[], string>("SELECT id FROM document WHERE status = 'ready' AND removed_at IS NULL ORDER BY added_at, id")
    .pluck();
  const setStatus = db.prepare<[DocumentStatus, string | null, string | null, string]>(
    'UPDATE document SET status = ?, failure_json = ?, notice_json = ? WHERE id = ?',
  );
  const setContent = db.prepare<[string, number | null, number, string]>(
    'UPDATE document SET media_type = ?, page_count = ?, token_count = ? WHERE id = ?',
  );
  const setRemovedAt = db.prepare<[number | null, string]>('UPDATE document SET removed_at = ? WHERE id = ?');
  const saveText = db.prepare<[string, string, string]>(
    'INSERT INTO document_text (document_id, text, pages_json) VALUES (?, ?, ?) ON CONFLICT (document_id) DO UPDATE SET text = excluded.text, pages_json = excluded.pages_json',
  );
  const textOf = db.prepare<[string], { text: string; pages_json: string }>(
    'SELECT text, pages_json FROM document_text WHERE document_id = ?',
  );
  const purge = db.prepare('DELETE FROM document WHERE removed_at IS NOT NULL');
  const contentHashes = db.prepare<[], string>('SELECT DISTINCT content_hash FROM document').pluck();

  return {
    /** Nothing happens when there is one with that id. */
    insertCollection: (id: string, name: string, createdAt: number) => void insertCollection.run(id, name, createdAt),
    collections: () => collections.all(),
    collection: (id: string) => collection.get(id),
    /** Queued. */
    insert: (document: NewDocument) => void insert.run(document),
    /** Removed ones too; see `removed_at`. */
    get: (id: string) => get.get(id),
    /** Newest first, of one collection or all; removed ones are left out. */
    list: (collectionId: string | null) => list.all(collectionId),
    /** The document that holds these bytes in this collection already. */
    withContent: (collectionId: string, contentHash: string) => withContent.get(collectionId, contentHash),
    /** Ids of what was being worked on, oldest first. */
    unfinished: () => unfinished.all(),
    ready: () => ready.all(),
    setStatus: (id: string, status: DocumentStatus, said: { failure?: Failure; notice?: Failure } = {}) =>
      void setStatus.run(status, jsonOrNull(said.failure), jsonOrNull(said.notice), id),
    setContent: (id: string, content: { mediaType: string; pageCount: number | null; tokenCount: number }) =>
      void setContent.run(content.mediaType, content.pageCount, content.tokenCount, id),
    setRemovedAt: (id: string, removedAt: number | null) => void setRemovedAt.run(removedAt, id),
    saveText: (id: string, text: string, pages: readonly PageStart[]) => void saveText.run(id, text, JSON.stringify(pages)),
    textOf(id: string): { readonly text: string; readonly pages: readonly PageStart[] } | undefined {
      const row = textOf.get(id);
      // Written by saveText above, as `PageStart[]`.
      return row === undefined ? undefined : { text: row.text, pages: JSON.parse(row.pages_json) as PageStart[] };
    },
    /** Erases removed documents with all that hangs on them. Returns how many. */
    purge: () => purge.run().changes,
    contentHashes: () => contentHashes.all(),
  };
}

function jsonOrNull(value: Failure | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
