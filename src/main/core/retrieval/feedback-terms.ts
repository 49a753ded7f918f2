import type { Db } from '../db/database.ts';
import { contentWords, wordExpression } from '../db/search-terms.ts';
import { createWordStems } from './word-stems.ts';

/** A passage that answers the question well, as far as words tell. */
export interface FeedbackPassage {
  readonly text: string;
  readonly score: number;
}

export interface FeedbackLimits {
  /** How many passages there are, in all. */
  readonly passageCount: () => number;
  /** How many of them hold a term, as far as `limit`. */
  readonly countOf: (term: string, limit: number) => number;
}

/** Terms that are added to a question. */
const maxAdded = 10;
/** A word has to be in this many of the passages: one passage may digress. */
const fewestPassages = 2;
/** A word that is in more of all passages than this says nothing about the question. */
const maxShare = 0.1;
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
export function createFeedbackTerms(db: Db): (question: string, passages: readonly FeedbackPassage[], limits: FeedbackLimits) => string[] {
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

  return (question, passages, { passageCount, countOf }) => {
    const weighed = weigh(passages);
    const total = passageCount();
    const tooMany = Math.ceil(total * maxShare) + 1;
    const asked = contentWords(question.toLowerCase());
    const stems = stemsOf(asked);
    for (const word of asked) weighed.delete(stems.get(word) ?? '');
    return [...weighed.values()]
      .filter((entry) => entry.passageCount >= fewestPassages)
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, maxWeighed)
      .map(({ word, weight }) => ({ term: wordExpression(word), weight }))
      .map(({ term, weight }) => ({ term, weight, count: countOf(term, tooMany) }))
      .filter(({ count }) => count > 0 && count < tooMany)
      .map(({ term, weight, count }) => ({ term, weight: weight * Math.log(total / count) }))
      .toSorted((a, b) => b.weight - a.weight)
      .slice(0, maxAdded)
      .map(({ term }) => term);
  };
}
