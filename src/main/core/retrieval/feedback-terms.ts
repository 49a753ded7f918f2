import type { Db } from '../db/database.ts';
import { contentWords, wordExpression } from '../db/search-terms.ts';
import type { CountedTerm, TermRanking } from './term-ranking.ts';
import { createWordStems } from './word-stems.ts';

/** A passage that answers the question well, as far as words tell. */
export interface FeedbackPassage {
  readonly text: string;
  readonly score: number;
}

/** Terms that are added to a question. */
const maxAdded = 10;
/** A word has to be in this many of the passages: one passage may digress. */
const fewestPassages = 2;
/** A word that is in more of all passages than this says nothing about the question. */
const maxShare = 0.1;
/** The same as a number, for the time that counting takes. */
const maxCount = 1_000;
/** Words whose rarity is looked up. */
const maxWeighed = 30;
/** What is read of each passage, in UTF-16 code units. */
const maxPassageChars = 4_000;

interface WeighedWord {
  /** How it is written where it was found first. */
  readonly word: string;
  weight: number;
  passageCount: number;
}

/**
 * Makes the function that finds the words that best tell a question's first passages from all others, as expressions: what
 * the passages that answer it call things the question calls otherwise. Words of the question are left out.
 * Pseudo-relevance feedback, weighed as a relevance model (Lavrenko and Croft, SIGIR 2001) times inverse document frequency.
 */
export function createFeedbackTerms(
  db: Db,
  ranking: Pick<TermRanking, 'passageCount' | 'count'>,
): (question: string, passages: readonly FeedbackPassage[]) => CountedTerm[] {
  const stemsOf = createWordStems(db);

  function weigh(passages: readonly FeedbackPassage[]): Map<string, WeighedWord> {
    const total = passages.reduce((sum, { score }) => sum + score, 0);
    const weighed = new Map<string, WeighedWord>();
    for (const { text, score } of passages) {
      const words = contentWords(text.slice(0, maxPassageChars).toLowerCase());
      const stems = stemsOf(words);
      const seen = new Set<string>();
      for (const word of words) {
        const stem = stems.get(word);
        if (stem === undefined || !/\p{L}/u.test(word)) continue;
        const entry = weighed.get(stem) ?? { word, weight: 0, passageCount: 0 };
        entry.weight += score / total / words.length;
        if (!seen.has(stem)) entry.passageCount += 1;
        seen.add(stem);
        weighed.set(stem, entry);
      }
    }
    return weighed;
  }

  return (question, passages) => {
    const weighed = weigh(passages);
    const asked = contentWords(question.toLowerCase());
    const stems = stemsOf(asked);
    for (const word of asked) weighed.delete(stems.get(word) ?? '');
    const heaviest = [...weighed.values()]
      .filter((entry) => entry.passageCount >= fewestPassages)
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, maxWeighed);
    const weightOf = new Map(heaviest.map(({ word, weight }) => [wordExpression(word), weight]));
    const total = ranking.passageCount();
    const tooMany = Math.min(Math.ceil(total * maxShare), maxCount) + 1;
    return ranking
      .count([...weightOf.keys()], tooMany)
      .filter(({ count }) => count < tooMany)
      .map((counted) => ({ counted, weight: (weightOf.get(counted.term) ?? 0) * Math.log(total / counted.count) }))
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, maxAdded)
      .map(({ counted }) => counted);
  };
}
