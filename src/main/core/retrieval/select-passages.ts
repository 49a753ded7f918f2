import type { DropReason } from '../../../shared/contract/trace.ts';
import type { Candidate } from './passage-reader.ts';

/** What is needed to choose. */
export type Choosable = Pick<Candidate, 'documentId' | 'position' | 'startOffset' | 'endOffset' | 'tokenCount'>;

/** A chosen passage and the part of it no better one has shown already. */
export interface Chosen<P> {
  readonly passage: P;
  readonly startOffset: number;
  readonly endOffset: number;
  readonly text: string;
}

export interface Selection<P> {
  readonly limit: number;
  readonly tokenBudget: number;
  /** The text of a passage's document between two offsets; asked for only where a passage may be chosen. */
  readonly textOf: (passage: P, startOffset: number, endOffset: number) => string;
  /** Told of each passage that is not chosen, once. */
  readonly onDrop?: (passage: P, reason: DropReason) => void;
}

/** The share of the places one document may take at first, where several were found. */
const shareOfOneDocument = 0.6;

/**
 * Chooses from `ranked` (best first) what the model is given, still best first:
 * - the same text only once, whichever document it is in, and of overlapping neighbours only what is new;
 * - where several documents were found, none takes more than 60 % of the places while others still have passages;
 * - no more tokens than the budget, where what neighbours share counts once: a passage that does not fit is left out, a shorter one after it may fit.
 */
export function selectPassages<P extends Choosable>(
  ranked: readonly P[],
  { limit, tokenBudget, textOf, onDrop }: Selection<P>,
): Chosen<P>[] {
  const cap = Math.max(1, Math.ceil(limit * shareOfOneDocument));
  const inTurn = withinCap(ranked, cap);
  const chosen = new Map<P, Chosen<P>>();
  const seenTexts = new Set<string>();
  let tokens = 0;
  for (const [turn, passage] of inTurn.entries()) {
    if (chosen.size === limit) {
      if (onDrop !== undefined) dropRest(ranked, inTurn.slice(turn), chosen, onDrop);
      break;
    }
    const { startOffset, endOffset } = unseenPart(passage, [...chosen.values()]);
    const share = (endOffset - startOffset) / (passage.endOffset - passage.startOffset);
    const tokenCount = Math.ceil(passage.tokenCount * share);
    if (tokens + tokenCount > tokenBudget) {
      onDrop?.(passage, 'token_budget');
      continue;
    }
    const text = textOf(passage, startOffset, endOffset);
    if (text.trim() === '' || seenTexts.has(text.trim())) {
      onDrop?.(passage, 'already_given');
      continue;
    }
    chosen.set(passage, { passage, startOffset, endOffset, text });
    seenTexts.add(text.trim());
    tokens += tokenCount;
  }
  return ranked.flatMap((passage) => chosen.get(passage) ?? []);
}

/** Without a place: those that rank above a chosen one lost theirs to their document's share, the others came too late. */
function dropRest<P extends Choosable>(
  ranked: readonly P[],
  rest: readonly P[],
  chosen: ReadonlyMap<P, unknown>,
  onDrop: (passage: P, reason: DropReason) => void,
): void {
  const lastChosen = ranked.findLastIndex((passage) => chosen.has(passage));
  const aboveLastChosen = new Set(ranked.slice(0, lastChosen));
  for (const passage of rest) onDrop(passage, aboveLastChosen.has(passage) ? 'document_share' : 'places_taken');
}

/** Each document's first `cap` passages in order, then all that are left. */
function withinCap<P extends Choosable>(ranked: readonly P[], cap: number): P[] {
  const taken = new Map<string, number>();
  const first: P[] = [];
  const later: P[] = [];
  for (const passage of ranked) {
    const count = taken.get(passage.documentId) ?? 0;
    (count < cap ? first : later).push(passage);
    taken.set(passage.documentId, count + 1);
  }
  return [...first, ...later];
}

/** The passage without what a chosen neighbour already holds; may be empty. */
function unseenPart<P extends Choosable>(passage: P, chosen: readonly Chosen<P>[]): { startOffset: number; endOffset: number } {
  let { startOffset, endOffset } = passage;
  for (const other of chosen) {
    if (other.passage.documentId !== passage.documentId) continue;
    if (other.passage.position < passage.position) startOffset = Math.max(startOffset, Math.min(other.endOffset, endOffset));
    else endOffset = Math.min(endOffset, Math.max(other.startOffset, startOffset));
  }
  return { startOffset, endOffset };
}
