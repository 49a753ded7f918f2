import type { Failure } from '../../../shared/contract/chat.ts';
import { maxTracedPassages, type RetrievalTrace, type TracedPassage } from '../../../shared/contract/trace.ts';
import type { Choice, RankedCandidate } from './choose-sources.ts';
import type { Hit } from './hit.ts';

/** What a search has come to, as far as its trace tells of it. */
export interface Findings extends Omit<Choice, 'sources'> {
  readonly query: string;
  readonly limit: number;
  readonly tokenBudget: number;
  readonly documentCount: number;
  readonly keywordHits: readonly Hit[];
  readonly vectorHits: readonly Hit[];
  readonly withoutVectors: RetrievalTrace['withoutVectors'];
  readonly failure: Failure | null;
  readonly steps: RetrievalTrace['steps'];
  /** What was searched for besides the question. */
  readonly furtherQueries?: readonly string[];
  /** The places before they were ranked again, where they were. */
  readonly fusedRanks?: ReadonlyMap<RankedCandidate, number>;
}

/** Writes down how passages were found. Of a long list the lowest are left out, the given ones never. */
export function traceOf(findings: Findings): RetrievalTrace {
  const { ranked, given, dropped, keywordHits, vectorHits } = findings;
  const keywordScores = scoresOf(keywordHits);
  const vectorScores = scoresOf(vectorHits);
  const ordinals = new Map(given.flatMap((passages, index) => passages.map((passage) => [passage, index + 1])));
  let roomForDropped = maxTracedPassages - ordinals.size;
  const traced = ranked.flatMap((candidate, index): TracedPassage[] => {
    const ordinal = ordinals.get(candidate) ?? null;
    if (ordinal === null && (roomForDropped -= 1) < 0) return [];
    const { rowId, passageId, documentId, documentName, page, headingPath, tokenCount, keywordRank, vectorRank, score } = candidate;
    return [
      {
        passageId,
        documentId,
        documentName,
        page,
        headingPath: [...headingPath],
        tokenCount,
        keyword: placing(keywordRank, keywordScores.get(rowId)),
        vector: placing(vectorRank, vectorScores.get(rowId)),
        fused: { rank: findings.fusedRanks?.get(candidate) ?? index + 1, score },
        ordinal,
        dropped: dropped.get(candidate) ?? null,
      },
    ];
  });
  return {
    query: findings.query,
    furtherQueries: [...(findings.furtherQueries ?? [])],
    isRankedAgain: findings.fusedRanks !== undefined,
    documentCount: findings.documentCount,
    keywordCount: keywordHits.length,
    vectorCount: vectorHits.length,
    foundCount: ranked.length,
    withoutVectors: findings.withoutVectors,
    failure: findings.failure,
    passageLimit: findings.limit,
    tokenBudget: findings.tokenBudget,
    givenTokens: [...ordinals.keys()].reduce((sum, { tokenCount }) => sum + tokenCount, 0),
    steps: findings.steps,
    passages: traced,
  };
}

function scoresOf(hits: readonly Hit[]): ReadonlyMap<number, number> {
  return new Map(hits.map(({ rowId, score }) => [rowId, score]));
}

function placing(rank: number | null, score: number | undefined): TracedPassage['keyword'] {
  return rank === null || score === undefined ? null : { rank, score };
}
