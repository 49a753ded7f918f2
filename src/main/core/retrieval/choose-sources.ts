import type { Source } from '../../../shared/contract/chat.ts';
import type { DropReason } from '../../../shared/contract/trace.ts';
import { fuseRanks } from './fuse-ranks.ts';
import type { Hit } from './hit.ts';
import type { Candidate, DocumentText, PassageReader } from './passage-reader.ts';
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
  /** Everything that was found, in the fused order. */
  readonly ranked: readonly RankedCandidate[];
  /** Those of `ranked` that became `sources`, in their order. */
  readonly given: readonly RankedCandidate[];
  readonly dropped: ReadonlyMap<RankedCandidate, DropReason>;
}

export interface ChoiceOptions {
  readonly documentIds: readonly string[];
  readonly limit: number;
  readonly tokenBudget: number;
}

/** Fuses what both searches found, and chooses from it what the model is given. `passages` should remember the texts it has read. */
export function chooseSources(
  passages: PassageReader,
  keywordHits: readonly Hit[],
  vectorHits: readonly Hit[],
  { documentIds, limit, tokenBudget }: ChoiceOptions,
): Choice {
  const fused = fuseRanks([keywordHits, vectorHits].map((hits) => hits.map(({ rowId }) => rowId)));
  const candidates = passages.candidates(
    fused.map(({ key }) => key),
    documentIds,
  );
  const ranked = fused.flatMap(({ key, score, ranks: [keywordRank, vectorRank] }): RankedCandidate[] => {
    const candidate = candidates.get(key);
    return candidate === undefined ? [] : [{ ...candidate, score, keywordRank: keywordRank ?? null, vectorRank: vectorRank ?? null }];
  });
  const textOf = ({ documentId }: Candidate, start: number, end: number): string => passages.textOf(documentId).text.slice(start, end);
  const dropped = new Map<RankedCandidate, DropReason>();
  const chosen = selectPassages(ranked, { limit, tokenBudget, textOf, onDrop: (passage, reason) => void dropped.set(passage, reason) });
  const sources = chosen.map((choice, index) => toSource(choice, index + 1, passages.textOf(choice.passage.documentId)));
  return { sources, ranked, given: chosen.map(({ passage }) => passage), dropped };
}

function toSource({ passage, startOffset, endOffset, text }: Chosen<RankedCandidate>, ordinal: number, { pages }: DocumentText): Source {
  const { passageId, documentId, documentName, headingPath, score, keywordRank, vectorRank } = passage;
  // A passage that lost its beginning to a neighbour may now begin on a later page.
  const page =
    startOffset === passage.startOffset ? passage.page : (pages.findLast(([, start]) => start <= startOffset)?.[0] ?? passage.page);
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
