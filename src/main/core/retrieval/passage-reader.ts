import type { Db } from '../db/database.ts';
import { createTextStore } from '../documents/text-store.ts';

/** A passage that may become a source. */
export interface Candidate {
  readonly rowId: number;
  readonly passageId: string;
  readonly documentId: string;
  readonly documentName: string;
  /** Its place among the passages of its document, from 0. */
  readonly position: number;
  readonly page: number | null;
  readonly headingPath: readonly string[];
  /** UTF-16 code units into the document's text, end exclusive. */
  readonly startOffset: number;
  readonly endOffset: number;
  readonly tokenCount: number;
}

interface StoredCandidate extends Omit<Candidate, 'headingPath'> {
  headingPathJson: string;
}

/** Where to search: these documents and all of these collections. */
export interface SearchedDocuments {
  readonly documentIds: readonly string[];
  readonly collectionIds: readonly string[];
}

export type PassageReader = ReturnType<typeof createPassageReader>;

/** Reads which documents may be searched, and their passages. */
export function createPassageReader(db: Db) {
  // A document that is still being embedded, or waits for a yes to it, can already be found by its words.
  const searchable = db
    .prepare<[string, string], string>(`
    SELECT id FROM document
    WHERE (id IN (SELECT value FROM json_each(?)) OR collection_id IN (SELECT value FROM json_each(?))) AND status IN ('embedding', 'waiting', 'ready') AND removed_at IS NULL
    ORDER BY id`)
    .pluck();
  const ready = db.prepare<[], string>("SELECT id FROM document WHERE status = 'ready' AND removed_at IS NULL ORDER BY id DESC").pluck();
  // Documents are embedded from their beginning on, so one that has no vector there has none.
  const embedded = db
    .prepare<[string, string], 0 | 1>(`
    SELECT EXISTS (
      SELECT 1 FROM passage p JOIN embedding e ON e.content_hash = p.content_hash AND e.model = ?
      WHERE p.document_id IN (SELECT value FROM json_each(?)) AND p.position = 0)`)
    .pluck();
  const byRowIds = db.prepare<[string, string], StoredCandidate>(`
    SELECT p.row_id AS rowId, p.id AS passageId, d.id AS documentId, d.name AS documentName, p.position, p.page,
      p.heading_path_json AS headingPathJson, p.start_offset AS startOffset, p.end_offset AS endOffset,
      p.token_count AS tokenCount
    FROM passage p JOIN document d ON d.id = p.document_id
    WHERE p.row_id IN (SELECT value FROM json_each(?)) AND +p.document_id IN (SELECT value FROM json_each(?))`);
  const placeOf = db.prepare<[string], { passageId: string; documentId: string; startOffset: number; endOffset: number }>(`
    SELECT id AS passageId, document_id AS documentId, start_offset AS startOffset, end_offset AS endOffset
    FROM passage WHERE id IN (SELECT value FROM json_each(?)) ORDER BY document_id`);
  const texts = createTextStore(db);

  return {
    /** These documents and those of these collections, as far as they can be searched now. */
    searchableDocuments({ documentIds, collectionIds }: SearchedDocuments): string[] {
      return searchable.all(JSON.stringify(documentIds), JSON.stringify(collectionIds));
    },
    /** All that nothing is left to do for, the newest first. */
    readyDocuments: (): string[] => ready.all(),
    /** Whether any of these documents has vectors of this model. */
    areEmbedded(documentIds: readonly string[], vectorSpace: string): boolean {
      return embedded.get(vectorSpace, JSON.stringify(documentIds)) === 1;
    },
    /** By row id; those deleted meanwhile, or no longer in one of these documents, are missing. */
    candidates(rowIds: readonly number[], documentIds: readonly string[]): Map<number, Candidate> {
      return new Map(
        byRowIds.all(JSON.stringify(rowIds), JSON.stringify(documentIds)).map((stored) => [stored.rowId, toCandidate(stored)]),
      );
    },
    /** A stretch of a document's text. */
    textBetween: texts.between,
    /** The page an offset is on; null where the document has no pages. */
    pageAt: texts.pageAt,
    /** The first `maxChars` UTF-16 code units of each passage, on one line, by passage id; those deleted since are missing. */
    openings(passageIds: readonly string[], maxChars: number): Record<string, string> {
      const openings: Record<string, string> = {};
      for (const { passageId, documentId, startOffset, endOffset } of placeOf.all(JSON.stringify(passageIds))) {
        const opening = texts.between(documentId, startOffset, Math.min(endOffset, startOffset + maxChars));
        openings[passageId] = opening.toWellFormed().replaceAll(/\s+/g, ' ').trim();
      }
      return openings;
    },
  };
}

function toCandidate({ headingPathJson, ...rest }: StoredCandidate): Candidate {
  // Written by the indexer from a list of strings.
  return { ...rest, headingPath: JSON.parse(headingPathJson) as string[] };
}
