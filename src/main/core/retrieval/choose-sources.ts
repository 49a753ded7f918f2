import type { Source } from '../../../shared/contract/chat.ts';
import type { DropReason } from '../../../shared/contract/trace.ts';
import { sharedPath } from '../documents/cut-passages.ts';
import { fuseRanks } from './fuse-ranks.ts';
import type { Hit } from './hit.ts';
import type { Candidate, PassageReader } from './passage-reader.ts';
import { mergeNeighbours, type Stretch } from './merge-neighbours.ts';
import { selectPassages } from './select-passages.ts';

/** A passage with the places it took. */
export interface RankedCandidate extends Candidate {
  /** Sum of reciprocal ranks. */
  readonly score: number;
  readonly keywordRank: number | null;
  readonly vectorRank: number | null;
}

/** What was chosen, and from what. */
export interface Choice {
  /** Best first, ordinals from 1. */
  readonly sources: readonly Source[];
  /** Everything that was found, best first. */
  readonly ranked: readonly RankedCandidate[];
  /** Those of `ranked` that became each of `sources`, in their order: one, or neighbours that are given as one stretch. */
  readonly given: readonly (readonly RankedCandidate[])[];
  readonly dropped: ReadonlyMap<RankedCandidate, DropReason>;
}

export interface ChoiceOptions {
  readonly limit: number;
  readonly tokenBudget: number;
}

/** Fuses what the searches found for each query, the person's own first, into one order. */
export function rankCandidates(
  passages: Pick<PassageReader, 'candidates'>,
  keywordHits: readonly (readonly Hit[])[],
  vectorHits: readonly (readonly Hit[])[],
  documentIds: readonly string[],
): RankedCandidate[] {
  const fused = fuseRanks([...keywordHits, ...vectorHits].map((hits) => hits.map(({ rowId }) => rowId)));
  const candidates = passages.candidates(
    fused.map(({ key }) => key),
    documentIds,
  );
  return fused.flatMap(({ key, score, ranks }): RankedCandidate[] => {
    const candidate = candidates.get(key);
    const [keywordRank = null, vectorRank = null] = [ranks[0], ranks[keywordHits.length]];
    return candidate === undefined ? [] : [{ ...candidate, score, keywordRank, vectorRank }];
  });
}

/** Chooses from what was found, best first, what the model is given. */
export function chooseSources(
  passages: Pick<PassageReader, 'textBetween' | 'pageAt'>,
  ranked: readonly RankedCandidate[],
  { limit, tokenBudget }: ChoiceOptions,
): Choice {
  const textOf = ({ documentId }: Candidate, start: number, end: number): string => passages.textBetween(documentId, start, end);
  const dropped = new Map<RankedCandidate, DropReason>();
  const chosen = selectPassages(ranked, { limit, tokenBudget, textOf, onDrop: (passage, reason) => void dropped.set(passage, reason) });
  const stretches = mergeNeighbours(chosen, textOf);
  const sources = stretches.map((stretch, index) => toSource(stretch, index + 1, passages));
  return { sources, ranked, given: stretches.map((stretch) => stretch.passages), dropped };
}

function toSource(
  { passages: [best, ...others], startOffset, endOffset }: Stretch<RankedCandidate>,
  ordinal: number,
  passages: Pick<PassageReader, 'textBetween' | 'pageAt'>,
): Source {
  const { passageId, documentId, documentName, score, keywordRank, vectorRank } = best;
  // A passage that lost its beginning to a neighbour may now begin on a later page.
  const page = startOffset === best.startOffset ? best.page : (passages.pageAt(documentId, startOffset) ?? best.page);
  return {
    ordinal,
    passageId,
    documentId,
    documentName,
    page,
    headingPath: sharedPath([best, ...others].map(({ headingPath }) => headingPath)),
    startOffset,
    endOffset,
    text: passages.textBetween(documentId, startOffset, endOffset),
    keywordRank,
    vectorRank,
    score,
  };
}
