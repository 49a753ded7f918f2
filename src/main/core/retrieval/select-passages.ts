import type { Candidate } from './passage-reader.ts';

/** What is needed to choose. */
export type Choosable = Pick<Candidate, 'documentId' | 'contentHash' | 'position' | 'startOffset' | 'endOffset' | 'tokenCount'>;

/** A chosen passage and the part of it no better one has shown already. */
export interface Chosen<P> {
  readonly passage: P;
  readonly startOffset: number;
  readonly endOffset: number;
}

export interface SelectionLimits {
  readonly limit: number;
  readonly tokenBudget: number;
}

/** The share of the places one document may take at first, where several were found. */
const shareOfOneDocument = 0.6;

/**
 * Chooses from `ranked` (best first) what the model is given, still best first:
 * - the same text only once, whichever document it is in, and of overlapping neighbours only what is new;
 * - where several documents were found, none takes more than 60 % of the places while others still have passages;
 * - no more tokens than the budget: a passage that does not fit is left out, a shorter one after it may fit.
 */
export function selectPassages<P extends Choosable>(ranked: readonly P[], { limit, tokenBudget }: SelectionLimits): Chosen<P>[] {
  const cap = Math.max(1, Math.ceil(limit * shareOfOneDocument));
  const inTurn = withinCap(ranked, cap);
  const chosen = new Map<P, Chosen<P>>();
  const seenTexts = new Set<string>();
  let tokens = 0;
  for (const passage of inTurn) {
    if (chosen.size === limit) break;
    if (seenTexts.has(passage.contentHash) || tokens + passage.tokenCount > tokenBudget) continue;
    const part = unseenPart(passage, [...chosen.values()]);
    if (part === null) continue;
    chosen.set(passage, { passage, ...part });
    seenTexts.add(passage.contentHash);
    tokens += passage.tokenCount;
  }
  return ranked.flatMap((passage) => chosen.get(passage) ?? []);
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

/** The passage without what a chosen neighbour already holds; null when nothing is left. */
function unseenPart<P extends Choosable>(passage: P, chosen: readonly Chosen<P>[]): { startOffset: number; endOffset: number } | null {
  let { startOffset, endOffset } = passage;
  for (const other of chosen) {
    if (other.passage.documentId !== passage.documentId) continue;
    if (other.passage.position < passage.position) startOffset = Math.max(startOffset, Math.min(other.endOffset, endOffset));
    else endOffset = Math.min(endOffset, Math.max(other.startOffset, startOffset));
  }
  return startOffset < endOffset ? { startOffset, endOffset } : null;
}
