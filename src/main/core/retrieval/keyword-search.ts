import type { Db } from '../db/database.ts';
import { questionTerms } from '../db/search-terms.ts';
import { createFeedbackTerms, type FeedbackPassage } from './feedback-terms.ts';
import type { Hit } from './hit.ts';
import type { PassageReader } from './passage-reader.ts';
import { createTermRanking } from './term-ranking.ts';

export interface KeywordSearch {
  /** Passages of these documents about what the query is about, best first. `passages` reads those whose words are taken. */
  search(query: string, documentIds: readonly string[], limit: number, passages: Pick<PassageReader, 'candidates' | 'textBetween'>): Hit[];
}

/** Passages whose words are added to the question. */
const feedbackPassages = 5;
/** What the added words weigh beside the question's own. */
const feedbackWeight = 0.2;
/** Passages ranked by each of both; those further down change no place at the top. */
const fewestRanked = 200;

/**
 * Ranked full-text search over passages. Twice: what the best passages of the first search have in common is searched for
 * too, with a low weight, which finds passages that say the same in other words and moves up those that are on the subject.
 */
export function createKeywordSearch(db: Db): KeywordSearch {
  const ranking = createTermRanking(db);
  const feedbackTerms = createFeedbackTerms(db, ranking);

  return {
    search(query, documentIds, limit, passages) {
      const depth = Math.max(limit, fewestRanked);
      const first = ranking.rank(questionTerms(query), documentIds, depth);
      const best = bestOf(first, documentIds, passages);
      const added = feedbackTerms(query, best);
      const second = ranking.rankRoughly(added, documentIds, depth);
      return joined(first, second).slice(0, limit);
    },
  };
}

/** The first passages with their headings and texts. */
function bestOf(
  hits: readonly Hit[],
  documentIds: readonly string[],
  passages: Pick<PassageReader, 'candidates' | 'textBetween'>,
): FeedbackPassage[] {
  const best = hits.slice(0, feedbackPassages);
  const candidates = passages.candidates(
    best.map(({ rowId }) => rowId),
    documentIds,
  );
  return best.flatMap(({ rowId, score }) => {
    const candidate = candidates.get(rowId);
    if (candidate === undefined) return [];
    const { documentId, headingPath, startOffset, endOffset } = candidate;
    return { score, text: [...headingPath, passages.textBetween(documentId, startOffset, endOffset)].join('\n') };
  });
}

function joined(first: readonly Hit[], second: readonly Hit[]): Hit[] {
  const scores = new Map(first.map(({ rowId, score }) => [rowId, score]));
  for (const { rowId, score } of second) scores.set(rowId, (scores.get(rowId) ?? 0) + feedbackWeight * score);
  return Array.from(scores, ([rowId, score]) => ({ rowId, score })).toSorted((a, b) => b.score - a.score);
}
