import type { Db } from '../db/database.ts';
import type { Hit } from './hit.ts';

/** A name or a heading says what a passage is about: a word in it weighs this much more than one in the text. */
const titleWeight = 3;
/** How many more passages are ranked than asked for, so that leaving out other documents rarely calls for a second look. */
const overfetch = 4;
/** Passages that are scored: two microseconds each. What only adds to other scores is worth fewer. */
const maxScored = 6_000;
const maxRoughlyScored = 2_500;
/** Terms that take part, the rarest; each costs a pass over the passages it is in. */
const maxTerms = 24;
/** A common term that is in more of all passages than this adds next to nothing to a score (BM25's weight of it is below 0.7). */
const maxCommonShare = 1 / 3;

/** An expression to search for, and how many passages of all documents it is in, as far as it was counted. */
export interface CountedTerm {
  readonly term: string;
  readonly count: number;
}

interface Expressions {
  /** Finds the passages that hold a rare term, and scores them by all. */
  readonly narrow: string;
  /** Finds the passages that hold any term. */
  readonly full: string;
  /** How often each term is in `narrow`, and therefore counted into its scores. */
  readonly repetition: number;
}

export type TermRanking = ReturnType<typeof createTermRanking>;

/**
 * Ranks passages by the terms they hold (BM25), each term an expression for the full-text table. What takes time is
 * scoring a passage, and a few common words are in nearly all of them. So passages are looked for by the rarer terms, and the
 * common ones only add to the score of those found. With up to some thousand passages that is every term.
 */
export function createTermRanking(db: Db) {
  const rank = `bm25(${titleWeight}.0, 1.0)`;
  // FTS5 counts downwards: its best score is the smallest.
  const best = db.prepare<[string, number], Hit>(`
    SELECT rowid AS rowId, -rank AS score FROM passage_fts WHERE passage_fts MATCH ? AND rank MATCH '${rank}' ORDER BY rank LIMIT ?`);
  const documentsOf = db.prepare<[string], { rowId: number; documentId: string }>(
    'SELECT row_id AS rowId, document_id AS documentId FROM passage WHERE row_id IN (SELECT value FROM json_each(?))',
  );
  // Calling the function scores only what the join lets through; ordering by the table's own rank would score everything.
  const bestAmong = db.prepare<[string, string, number], Hit>(`
    SELECT p.row_id AS rowId, -bm25(passage_fts, ${titleWeight}.0, 1.0) AS score
    FROM passage_fts CROSS JOIN passage p ON p.row_id = passage_fts.rowid
    WHERE passage_fts MATCH ? AND p.document_id IN (SELECT value FROM json_each(?))
    ORDER BY score DESC LIMIT ?`);
  const countUpTo = db
    .prepare<[string, number], number>('SELECT count(*) FROM (SELECT 1 FROM passage_fts WHERE passage_fts MATCH ? LIMIT ?)')
    .pluck();
  // Row ids rise by one; rows deleted since hardly change a share.
  const lastRowId = db.prepare<[], number | null>('SELECT max(row_id) FROM passage').pluck();

  function passageCount(): number {
    return lastRowId.get() ?? 0;
  }

  /** Those of the terms that are in any passage. Counting ends at `limit`. */
  function count(terms: readonly string[], limit: number): CountedTerm[] {
    return terms.map((term) => ({ term, count: countUpTo.get(term, limit) ?? 0 })).filter((counted) => counted.count > 0);
  }

  /** The hits that are in these documents, in their order, up to `limit`; looks no further than it has to. */
  function among(hits: readonly Hit[], documentIds: ReadonlySet<string>, limit: number): Hit[] {
    const found: Hit[] = [];
    for (let start = 0; start < hits.length && found.length < limit; start += limit) {
      const some = hits.slice(start, start + limit);
      const places = documentsOf.all(JSON.stringify(some.map(({ rowId }) => rowId)));
      const allowed = new Set(places.filter(({ documentId }) => documentIds.has(documentId)).map(({ rowId }) => rowId));
      found.push(...some.filter(({ rowId }) => allowed.has(rowId)));
    }
    return found.slice(0, limit);
  }

  /** The passages of these documents that hold one of the rarer terms, best first. */
  function rankNarrow(
    { narrow, repetition }: Expressions,
    documentIds: readonly string[],
    limit: number,
  ): { hits: Hit[]; isCutShort: boolean } {
    const candidates = best.all(narrow, limit * overfetch);
    const found = among(candidates, new Set(documentIds), limit);
    return {
      hits: found.map(({ rowId, score }) => ({ rowId, score: score / repetition })),
      isCutShort: found.length < limit && candidates.length === limit * overfetch,
    };
  }

  return {
    passageCount,
    count,
    /** The passages of these documents that hold any of the terms, best first. */
    rank(terms: readonly string[], documentIds: readonly string[], limit: number): Hit[] {
      const tooCommon = Math.max(maxScored, Math.ceil(passageCount() * maxCommonShare));
      const expressions = expressionsOf(count(terms, tooCommon), { tooCommon, maxScored });
      if (expressions === null || documentIds.length === 0) return [];
      const { hits, isCutShort } = rankNarrow(expressions, documentIds, limit);
      // Other documents took the places, or hold the rarer terms: rank again among these only, which is slower.
      const mayBeMore = isCutShort || (hits.length < limit && expressions.narrow !== expressions.full);
      return mayBeMore ? bestAmong.all(expressions.full, JSON.stringify(documentIds), limit) : hits;
    },
    /** The same for terms that are counted already, but leaves out those that better ones of other documents crowd out. */
    rankRoughly(terms: readonly CountedTerm[], documentIds: readonly string[], limit: number): Hit[] {
      const expressions = expressionsOf(terms, { tooCommon: Infinity, maxScored: maxRoughlyScored });
      return expressions === null ? [] : rankNarrow(expressions, documentIds, limit).hits;
    },
  };
}

/** `tooCommon`: the count from which a term is left out, where others are rarer. `maxScored`: passages the rare ones may be in. */
function expressionsOf(
  terms: readonly CountedTerm[],
  limits: { readonly tooCommon: number; readonly maxScored: number },
): Expressions | null {
  const rarestFirst = terms.toSorted((a, b) => a.count - b.count).slice(0, maxTerms);
  const rare: string[] = [];
  const common: string[] = [];
  let scored = 0;
  for (const { term, count } of rarestFirst) {
    scored += count;
    if (rare.length === 0 || scored <= limits.maxScored) rare.push(term);
    else if (count < limits.tooCommon) common.push(term);
  }
  if (rare.length === 0) return null;
  const full = rarestFirst.map(({ term }) => term).join(' OR ');
  if (common.length === 0) return { narrow: rare.join(' OR '), full, repetition: 1 };
  // Each rare term is there twice, so the common ones have to be as well, for all to weigh alike.
  return { narrow: `(${rare.join(' OR ')}) AND (${[...rare, ...common, ...common].join(' OR ')})`, full, repetition: 2 };
}
