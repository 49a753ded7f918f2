/** Graded judgements of one question: document id -> grade, above 0 where relevant. */
export type Judgements = ReadonlyMap<string, number>;

/** How good rankings are, each value the mean over the questions, from 0 to 1. */
export interface RankingQuality {
  readonly ndcgAt10: number;
  readonly recallAt10: number;
  readonly recallAt100: number;
  /** Mean average precision over the first 100. */
  readonly mapAt100: number;
  readonly mrrAt10: number;
  /** Share of the questions whose first document is relevant. */
  readonly precisionAt1: number;
}

/** Means over all questions that have a relevant document. A document named twice in a ranking counts once, where it came first. */
export function rankingQuality(results: readonly { ranking: readonly string[]; judgements: Judgements }[]): RankingQuality {
  const judged = results.filter(({ judgements }) => relevantCount(judgements) > 0);
  const mean = (measure: (grades: readonly number[], judgements: Judgements) => number): number => {
    const values = judged.map(({ ranking, judgements }) => measure(gradesOf(ranking, judgements), judgements));
    return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  };
  return {
    ndcgAt10: mean((grades, judgements) => gain(grades.slice(0, 10)) / idealGain(judgements, 10)),
    recallAt10: mean((grades, judgements) => relevantIn(grades.slice(0, 10)) / relevantCount(judgements)),
    recallAt100: mean((grades, judgements) => relevantIn(grades.slice(0, 100)) / relevantCount(judgements)),
    mapAt100: mean((grades, judgements) => precisionSum(grades.slice(0, 100)) / relevantCount(judgements)),
    mrrAt10: mean((grades) => reciprocalRank(grades.slice(0, 10))),
    precisionAt1: mean((grades) => relevantIn(grades.slice(0, 1))),
  };
}

function gradesOf(ranking: readonly string[], judgements: Judgements): number[] {
  return [...new Set(ranking)].map((id) => judgements.get(id) ?? 0);
}

/** Discounted cumulative gain with linear grades, as trec_eval counts it: Järvelin and Kekäläinen, TOIS 2002. */
function gain(grades: readonly number[]): number {
  return grades.reduce((sum, grade, index) => sum + grade / Math.log2(index + 2), 0);
}

function idealGain(judgements: Judgements, depth: number): number {
  return gain([...judgements.values()].toSorted((a, b) => b - a).slice(0, depth));
}

function relevantCount(judgements: Judgements): number {
  return relevantIn([...judgements.values()]);
}

function relevantIn(grades: readonly number[]): number {
  return grades.filter((grade) => grade > 0).length;
}

/** The precision at each relevant document, summed. */
function precisionSum(grades: readonly number[]): number {
  let found = 0;
  let sum = 0;
  for (const [index, grade] of grades.entries()) {
    if (grade <= 0) continue;
    found += 1;
    sum += found / (index + 1);
  }
  return sum;
}

function reciprocalRank(grades: readonly number[]): number {
  const index = grades.findIndex((grade) => grade > 0);
  return index === -1 ? 0 : 1 / (index + 1);
}
