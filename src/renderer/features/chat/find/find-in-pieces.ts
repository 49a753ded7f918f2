import { foldText } from '../../../../shared/fold-text.ts';

/** A stretch of drawn text, and what it stands in; stretches of one paragraph have the same `block`. */
export interface Piece {
  readonly text: string;
  readonly block: unknown;
}

/** A place in the pieces: before the code unit `offset` of one, or after its last. */
interface PlaceInPieces {
  readonly piece: number;
  readonly offset: number;
}

/** Where the pattern (for folded text, see `conversations.find`) is met; over several pieces of one block, but never from block to block. */
export function findInPieces(pieces: readonly Piece[], pattern: RegExp): { start: PlaceInPieces; end: PlaceInPieces }[] {
  const { text, starts } = join(pieces);
  const folded = foldText(text);
  return Array.from(folded.text.matchAll(pattern), ({ 0: hit, index }) => {
    const [start, end] = folded.originalRange(index, index + hit.length);
    const [first, last] = [pieceAt(starts, start), pieceAt(starts, end - 1)];
    return { start: { piece: first, offset: start - (starts[first] ?? 0) }, end: { piece: last, offset: end - (starts[last] ?? 0) } };
  });
}

/** Their text, and where in it each of them starts. */
function join(pieces: readonly Piece[]): { text: string; starts: number[] } {
  let text = '';
  const starts = pieces.map((piece, index) => {
    // Two line ends: one alone may stand inside a Japanese word.
    if (index > 0 && piece.block !== pieces[index - 1]?.block) text += '\n\n';
    const start = text.length;
    text += piece.text;
    return start;
  });
  return { text, starts };
}

function pieceAt(starts: readonly number[], offset: number): number {
  return Math.max(
    0,
    starts.findLastIndex((start) => start <= offset),
  );
}
