import type { Db } from '../db/database.ts';
import { matchQuery } from '../db/search-terms.ts';
import type { Hit } from './hit.ts';

export interface KeywordSearch {
  /** Passages of these documents that share content words with the query, best first, with their BM25 score. */
  search(query: string, documentIds: readonly string[], limit: number): Hit[];
}

/** A name or a heading says what a passage is about: a word in it weighs this much more than one in the text. */
const titleWeight = 2;
/** How many more passages are ranked than asked for, so that leaving out other documents rarely calls for a second look. */
const overfetch = 4;

/** Ranked full-text search over passages (BM25). */
export function createKeywordSearch(db: Db): KeywordSearch {
  const rank = `bm25(${titleWeight}.0, 1.0)`;
  // FTS5 counts downwards: its best score is the smallest.
  const best = db.prepare<[string, number], Hit>(`
    SELECT rowid AS rowId, -rank AS score FROM passage_fts WHERE passage_fts MATCH ? AND rank MATCH '${rank}' ORDER BY rank LIMIT ?`);
  const among = db
    .prepare<[string, string], number>(`
    SELECT row_id FROM passage
    WHERE row_id IN (SELECT value FROM json_each(?)) AND document_id IN (SELECT value FROM json_each(?))`)
    .pluck();
  const bestAmong = db.prepare<[string, string, number], Hit>(`
    SELECT f.rowid AS rowId, -f.rank AS score FROM passage_fts f CROSS JOIN passage p ON p.row_id = f.rowid
    WHERE f.passage_fts MATCH ? AND f.rank MATCH '${rank}' AND p.document_id IN (SELECT value FROM json_each(?))
    ORDER BY f.rank LIMIT ?`);

  return {
    search(query, documentIds, limit) {
      const match = matchQuery(query, 'any');
      if (match === null || documentIds.length === 0) return [];
      const documentsJson = JSON.stringify(documentIds);
      const candidates = best.all(match, limit * overfetch);
      const rowIds = candidates.map(({ rowId }) => rowId);
      const allowed = new Set(among.all(JSON.stringify(rowIds), documentsJson));
      const found = candidates.filter(({ rowId }) => allowed.has(rowId)).slice(0, limit);
      // Other documents took the places: rank again among these only, which looks at every hit and is slower.
      const isCutShort = found.length < limit && candidates.length === limit * overfetch;
      return isCutShort ? bestAmong.all(match, documentsJson, limit) : found;
    },
  };
}
