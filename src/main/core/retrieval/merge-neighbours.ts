import type { Candidate } from './passage-reader.ts';
import type { Chosen } from './select-passages.ts';

/** What is needed to tell neighbours. */
export type Mergeable = Pick<Candidate, 'documentId' | 'position' | 'page'>;

/** A stretch of a document that is given under one number: a chosen passage, or several that follow each other. */
export interface Stretch<P> {
  /** Best first. */
  readonly passages: readonly [P, ...P[]];
  readonly startOffset: number;
  readonly endOffset: number;
}

/**
 * Joins chosen passages (best first) that follow each other in their document, on one page, with nothing but white space between,
 * into one stretch each: what belongs together reads on, and has one number. The order is that of each stretch's best passage.
 */
export function mergeNeighbours<P extends Mergeable>(
  chosen: readonly Chosen<P>[],
  textOf: (passage: P, startOffset: number, endOffset: number) => string,
): Stretch<P>[] {
  const rankOf = new Map(chosen.map((choice, index) => [choice, index]));
  const inPlace = chosen.toSorted((a, b) => compareText(a.passage.documentId, b.passage.documentId) || a.startOffset - b.startOffset);
  const groups: [Chosen<P>, ...Chosen<P>[]][] = [];
  for (const next of inPlace) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group !== undefined && last !== undefined && follows(last, next, textOf)) group.push(next);
    else groups.push([next]);
  }
  const byRank = (a: Chosen<P>, b: Chosen<P>): number => (rankOf.get(a) ?? 0) - (rankOf.get(b) ?? 0);
  const bestOf = (group: readonly [Chosen<P>, ...Chosen<P>[]]): Chosen<P> => group.toSorted(byRank)[0] ?? group[0];
  groups.sort((a, b) => byRank(bestOf(a), bestOf(b)));
  return groups.map((group) => {
    const best = bestOf(group);
    const others = group.filter((choice) => choice !== best).toSorted(byRank);
    return {
      passages: [best.passage, ...others.map(({ passage }) => passage)],
      startOffset: group[0].startOffset,
      endOffset: (group.at(-1) ?? best).endOffset,
    };
  });
}

function follows<P extends Mergeable>(
  last: Chosen<P>,
  next: Chosen<P>,
  textOf: (passage: P, startOffset: number, endOffset: number) => string,
): boolean {
  return (
    next.passage.documentId === last.passage.documentId &&
    next.passage.page === last.passage.page &&
    next.passage.position === last.passage.position + 1 &&
    textOf(last.passage, last.endOffset, next.startOffset).trim() === ''
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
