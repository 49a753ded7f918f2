import { sentencesOf, termsOf } from './language.ts';
import type { DemoPassage } from './read-prompt.ts';

/** A sentence of a passage that speaks to the question. */
export interface Quote {
  readonly passage: DemoPassage;
  readonly sentence: string;
}

/** Words of a request to sum up; they stand for the whole, not for a place in it. */
const generalTerms = termsOf(
  'summary summaries summarize summarise overview document documents file files text content contents main key point points topic 要約 概要 文書 資料 内容 要点 教え 説明 まとめて',
);
/** A heading or a page number is no sentence. */
const minOpeningTerms = 4;

interface Candidate extends Quote {
  readonly terms: ReadonlySet<string>;
  readonly score: number;
}

/** Most sentences quoted. */
const maxQuotes = 3;
/** A further sentence must be this close to the best one. */
const relativeScore = 0.55;
/** Share of the question's weight that the best sentence must cover, or nothing is quoted. */
const minCoverage = 0.3;
/** Longest sentence quoted, in UTF-16 code units. */
const maxQuoteChars = 400;

/**
 * The sentences that share the rarest words with the question, best first; none when the passages do not speak of it.
 * A question about the whole, such as "What is this about?", gets the beginnings of the passages.
 */
export function quotePassages(question: string, passages: readonly DemoPassage[]): readonly Quote[] {
  const asked = new Set([...termsOf(question)].filter((term) => !generalTerms.has(term)));
  if (asked.size === 0) return openings(passages);
  const sentences = passages.flatMap((passage) =>
    sentencesOf(passage.text).map((sentence) => ({ passage, sentence, terms: termsOf(sentence) })),
  );
  const weightOf = weigh(asked, sentences);
  const total = sum([...asked].map(weightOf));
  const ranked = sentences
    .map((candidate): Candidate => ({ ...candidate, score: scoreOf(candidate, asked, weightOf) }))
    .toSorted((a, b) => b.score - a.score);
  const best = ranked[0];
  if (best === undefined || total === 0) return [];
  if (sum([...asked].filter((term) => best.terms.has(term)).map(weightOf)) < total * minCoverage) return [];
  const chosen: Candidate[] = [];
  for (const candidate of ranked) {
    if (chosen.length === maxQuotes || candidate.score < best.score * relativeScore) break;
    if (!chosen.some((other) => overlap(other.terms, candidate.terms) > 0.7)) chosen.push(candidate);
  }
  return chosen.map(({ passage, sentence }) => ({ passage, sentence: clip(sentence) }));
}

/** For a question about nothing in particular: how each of the first passages begins. */
function openings(passages: readonly DemoPassage[]): readonly Quote[] {
  return passages.slice(0, maxQuotes).flatMap((passage) => {
    const sentences = sentencesOf(passage.text);
    const sentence = sentences.find((each) => termsOf(each).size >= minOpeningTerms) ?? sentences[0];
    return sentence === undefined ? [] : [{ passage, sentence: clip(sentence) }];
  });
}

/** Inverse document frequency over the sentences at hand: a word that stands in all of them says nothing. */
function weigh(asked: ReadonlySet<string>, sentences: readonly { readonly terms: ReadonlySet<string> }[]): (term: string) => number {
  const weights = new Map<string, number>();
  for (const term of asked) {
    const frequency = sentences.filter((sentence) => sentence.terms.has(term)).length;
    weights.set(term, Math.log(1 + (sentences.length + 1) / (frequency + 0.5)));
  }
  return (term) => weights.get(term) ?? 0;
}

function scoreOf(
  candidate: { readonly passage: DemoPassage; readonly terms: ReadonlySet<string> },
  asked: ReadonlySet<string>,
  weightOf: (term: string) => number,
): number {
  const shared = sum([...asked].filter((term) => candidate.terms.has(term)).map(weightOf));
  // Long sentences hold more words by chance; the search has put its best passage first.
  return (shared / Math.sqrt(8 + candidate.terms.size)) * (1 + 0.1 / candidate.passage.ordinal);
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const smaller = Math.min(a.size, b.size);
  return smaller === 0 ? 0 : [...a].filter((term) => b.has(term)).length / smaller;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function clip(sentence: string): string {
  return sentence.length <= maxQuoteChars ? sentence : `${sentence.slice(0, maxQuoteChars).toWellFormed()}…`;
}
