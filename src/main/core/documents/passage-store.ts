import type { Db } from '../db/database.ts';

export interface NewPassage {
  readonly id: string;
  readonly documentId: string;
  /** In the document, from 0. */
  readonly position: number;
  readonly page: number | null;
  readonly headingPath: readonly string[];
  readonly startOffset: number;
  readonly endOffset: number;
  readonly contentHash: string;
  readonly tokenCount: number;
  /** Search terms of the document's name and the headings, and of the text. */
  readonly titleTerms: string;
  readonly terms: string;
}

/** A passage that has no vector yet. */
export interface UnembeddedPassage {
  readonly position: number;
  readonly content_hash: string;
  readonly heading_path_json: string;
  readonly start_offset: number;
  readonly end_offset: number;
}

export interface NewEmbedding {
  readonly contentHash: string;
  /** Unit length. */
  readonly vector: Float32Array;
}

export type PassageStore = ReturnType<typeof createPassageStore>;

/** Passages with their full-text rows, and vectors by content and vector space. */
export function createPassageStore(db: Db) {
  const insert = db.prepare<[string, string, number, number | null, string, number, number, string, number]>(`
    INSERT INTO passage (id, document_id, position, page, heading_path_json, start_offset, end_offset, content_hash, token_count)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const insertTerms = db.prepare<[number | bigint, string, string]>('INSERT INTO passage_fts (rowid, title, terms) VALUES (?, ?, ?)');
  const removeSome = db.prepare<[string, number]>(
    'DELETE FROM passage WHERE row_id IN (SELECT row_id FROM passage WHERE document_id = ? LIMIT ?)',
  );
  const unembedded = db.prepare<[string, number, string, number], UnembeddedPassage>(`
    SELECT p.position, p.content_hash, p.heading_path_json, p.start_offset, p.end_offset FROM passage p
    WHERE p.document_id = ? AND p.position > ?
      AND NOT EXISTS (SELECT 1 FROM embedding e WHERE e.content_hash = p.content_hash AND e.model = ?)
    ORDER BY p.position LIMIT ?`);
  const unembeddedCount = db
    .prepare<[string, string], number>(
      'SELECT count(*) FROM passage p WHERE p.document_id = ? AND NOT EXISTS (SELECT 1 FROM embedding e WHERE e.content_hash = p.content_hash AND e.model = ?)',
    )
    .pluck();
  const insertEmbedding = db.prepare<[string, string, number, Buffer]>(
    'INSERT OR IGNORE INTO embedding (content_hash, model, dimensions, vector) VALUES (?, ?, ?, ?)',
  );
  const purgeEmbeddings = db.prepare('DELETE FROM embedding WHERE content_hash NOT IN (SELECT content_hash FROM passage)');

  return {
    insert(passage: NewPassage): void {
      const { lastInsertRowid } = insert.run(
        passage.id,
        passage.documentId,
        passage.position,
        passage.page,
        JSON.stringify(passage.headingPath),
        passage.startOffset,
        passage.endOffset,
        passage.contentHash,
        passage.tokenCount,
      );
      insertTerms.run(lastInsertRowid, passage.titleTerms, passage.terms);
    },
    /** Erases up to so many passages of a document; returns how many. */
    removeSome: (documentId: string, count: number) => removeSome.run(documentId, count).changes,
    /** The next passages of a document after a position that have no vector in this space, in order. */
    unembedded: (documentId: string, vectorSpace: string, { after, limit }: { after: number; limit: number }) =>
      unembedded.all(documentId, after, vectorSpace, limit),
    unembeddedCount: (documentId: string, vectorSpace: string) => unembeddedCount.get(documentId, vectorSpace) ?? 0,
    insertEmbedding({ contentHash, vector }: NewEmbedding, vectorSpace: string): void {
      insertEmbedding.run(contentHash, vectorSpace, vector.length, littleEndianBytes(vector));
    },
    /** Forgets the vectors of texts that no passage has any more. */
    purgeEmbeddings: () => void purgeEmbeddings.run(),
  };
}

/** As every processor we run on has them. */
function littleEndianBytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}
