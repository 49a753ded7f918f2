import type { Source } from '../../../shared/contract/chat.ts';
import type { DropReason } from '../../../shared/contract/trace.ts';
import { fuseRanks } from './fuse-ranks.ts';
import type { Hit } from './hit.ts';
import type { Candidate, PassageReader } from './passage-reader.ts';
import { selectPassages, type Chosen } from './select-passages.ts';

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
  /** Those of `ranked` that became `sources`, in their order. */
  readonly given: readonly RankedCandidate[];
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
  const sources = chosen.map((choice, index) => toSource(choice, index + 1, passages));
  return { sources, ranked, given: chosen.map(({ passage }) => passage), dropped };
}

function toSource(
  { passage, startOffset, endOffset, text }: Chosen<RankedCandidate>,
  ordinal: number,
  passages: Pick<PassageReader, 'pageAt'>,
): Source {
  const { passageId, documentId, documentName, headingPath, score, keywordRank, vectorRank } = passage;
  // A passage that lost its beginning to a neighbour may now begin on a later page.
  const page = startOffset === passage.startOffset ? passage.page : (passages.pageAt(documentId, startOffset) ?? passage.page);
  return {
    ordinal,
    passageId,
    documentId,
    documentName,
    page,
    headingPath: [...headingPath],
    startOffset,
    endOffset,
    text,
    keywordRank,
    vectorRank,
    score,
  };
}
