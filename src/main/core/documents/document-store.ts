import type { Failure } from '../../../shared/contract/chat.ts';
import type { DocumentStatus } from '../../../shared/contract/documents.ts';
import { inRepeatableTransaction, type Db } from '../db/database.ts';

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
  /** What was said about embedding it, and with which model (a vector space). */
  readonly embedding_answer: EmbeddingAnswer | null;
  readonly embedding_answer_model: string | null;
  readonly estimate_json: string | null;
  readonly added_at: number;
  readonly removed_at: number | null;
  readonly passage_count: number;
  readonly has_vectors: 0 | 1;
}

export type EmbeddingAnswer = 'accepted' | 'declined';

/** What embedding a document would send, while nobody has said yes or no. */
export interface StoredEstimate {
  readonly vectorSpace: string;
  readonly passageCount: number;
  readonly tokenCount: number;
}

/** What all documents that wait for the same model come to. */
export interface WaitingSum extends StoredEstimate {
  readonly fileCount: number;
  readonly pageCount: number;
}

/** A file's content. */
export interface DocumentVersion {
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly contentHash: string;
}

export interface NewDocument extends DocumentVersion {
  readonly id: string;
  readonly collectionId: string;
  readonly name: string;
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

/** Documents and their texts. Offsets are UTF-16 code units, times epoch milliseconds. */
export function createDocumentStore(db: Db) {
  const insert = db.prepare<NewDocument>(`
    INSERT INTO document (id, collection_id, name, media_type, size_bytes, content_hash, status, added_at)
    VALUES (@id, @collectionId, @name, @mediaType, @sizeBytes, @contentHash, 'queued', @addedAt)`);
  const setVersion = db.prepare<DocumentVersion & { readonly id: string }>(`
    UPDATE document SET media_type = @mediaType, size_bytes = @sizeBytes, content_hash = @contentHash, status = 'queued',
      failure_json = NULL, notice_json = NULL, embedding_answer = NULL, embedding_answer_model = NULL, estimate_json = NULL
    WHERE id = @id`);
  const get = db.prepare<[string], DocumentRow>(`${selectDocument} WHERE d.id = ?`);
  const list = db.prepare<[string | null], DocumentRow>(
    `${selectDocument} WHERE d.removed_at IS NULL AND d.collection_id = coalesce(?, d.collection_id) ORDER BY d.added_at DESC, d.id DESC`,
  );
  const withName = db.prepare<[string, string], DocumentRow>(
    `${selectDocument} WHERE d.collection_id = ? AND d.name = ? AND d.removed_at IS NULL ORDER BY d.added_at LIMIT 1`,
  );
  const withContent = db.prepare<[string, string], DocumentRow>(
    `${selectDocument} WHERE d.collection_id = ? AND d.content_hash = ? AND d.removed_at IS NULL ORDER BY d.added_at LIMIT 1`,
  );
  const idsByStatus = db
    .prepare<[string], string>(
      'SELECT id FROM document WHERE status IN (SELECT value FROM json_each(?)) AND removed_at IS NULL ORDER BY added_at, id',
    )
    .pluck();
  const hasWaiting = db
    .prepare<[], 0 | 1>("SELECT EXISTS (SELECT 1 FROM document WHERE status = 'waiting' AND removed_at IS NULL)")
    .pluck();
  const waitingSums = db.prepare<[], WaitingSum>(`
    SELECT estimate_json ->> 'vectorSpace' AS vectorSpace, count(*) AS fileCount, coalesce(sum(page_count), 0) AS pageCount,
      sum(estimate_json ->> 'passageCount') AS passageCount, sum(estimate_json ->> 'tokenCount') AS tokenCount
    FROM document WHERE status = 'waiting' AND removed_at IS NULL GROUP BY 1`);
  const setStatus = db.prepare<[DocumentStatus, string | null, string | null, string]>(
    'UPDATE document SET status = ?, failure_json = ?, notice_json = ?, estimate_json = NULL WHERE id = ?',
  );
  const setWaiting = db.prepare<[string, string]>(
    "UPDATE document SET status = 'waiting', failure_json = NULL, notice_json = NULL, estimate_json = ? WHERE id = ?",
  );
  const setAnswer = db.prepare<[EmbeddingAnswer | null, string | null, string]>(
    'UPDATE document SET embedding_answer = ?, embedding_answer_model = ? WHERE id = ?',
  );
  const setContent = db.prepare<[string, number | null, number, string]>(
    'UPDATE document SET media_type = ?, page_count = ?, token_count = ? WHERE id = ?',
  );
  const setCollection = db.prepare<[string, string]>('UPDATE document SET collection_id = ? WHERE id = ?');
  const setRemovedAt = db.prepare<[number | null, string]>('UPDATE document SET removed_at = ? WHERE id = ?');
  const purge = db.prepare('DELETE FROM document WHERE removed_at IS NOT NULL');
  const contentHashes = db.prepare<[], string>('SELECT DISTINCT content_hash FROM document').pluck();

  return {
    /** Queued. */
    insert: (document: NewDocument) => void insert.run(document),
    /** Other content for a document, which is queued to be read. What was said about embedding the old one is forgotten. */
    setVersion: (id: string, version: DocumentVersion) => void setVersion.run({ ...version, id }),
    /** Removed ones too; see `removed_at`. */
    get: (id: string) => get.get(id),
    /** Newest first, of one collection or all; removed ones are left out. */
    list: (collectionId: string | null) => list.all(collectionId),
    /** The document of this collection that has this name. */
    withName: (collectionId: string, name: string) => withName.get(collectionId, name),
    /** The document that holds these bytes in this collection already. */
    withContent: (collectionId: string, contentHash: string) => withContent.get(collectionId, contentHash),
    /** Ids in the order in which they were added; removed ones are left out. */
    idsByStatus: (...statuses: readonly DocumentStatus[]) => idsByStatus.all(JSON.stringify(statuses)),
    /** Whether a document waits for an answer about its price. */
    hasWaiting: () => hasWaiting.get() === 1,
    /** What the waiting documents come to, by the model they would be sent to. */
    waitingSums: () => waitingSums.all(),
    setStatus: (id: string, status: Exclude<DocumentStatus, 'waiting'>, said: { failure?: Failure; notice?: Failure } = {}) =>
      inRepeatableTransaction(db, () => void setStatus.run(status, jsonOrNull(said.failure), jsonOrNull(said.notice), id)),
    setWaiting: (id: string, estimate: StoredEstimate) => void setWaiting.run(JSON.stringify(estimate), id),
    /** null: nothing is said any more. */
    setAnswer: (id: string, answer: EmbeddingAnswer | null, vectorSpace: string) =>
      void setAnswer.run(answer, answer === null ? null : vectorSpace, id),
    setContent: (id: string, content: { mediaType: string; pageCount: number | null; tokenCount: number }) =>
      void setContent.run(content.mediaType, content.pageCount, content.tokenCount, id),
    setCollection: (id: string, collectionId: string) => void setCollection.run(collectionId, id),
    setRemovedAt: (id: string, removedAt: number | null) => void setRemovedAt.run(removedAt, id),
    /** Erases removed documents with all that hangs on them. Returns how many. */
    purge: () => purge.run().changes,
    contentHashes: () => contentHashes.all(),
  };
}

/** What was estimated for a waiting document. */
export function estimateOf(row: DocumentRow): StoredEstimate | null {
  // Written by setWaiting above.
  return row.estimate_json === null ? null : (JSON.parse(row.estimate_json) as StoredEstimate);
}

function jsonOrNull(value: Failure | undefined): string | null {
  return value === undefined ? null : JSON.stringify(value);
}
