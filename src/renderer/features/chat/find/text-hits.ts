import { foldText } from '../../../../shared/fold-text.ts';

/** Between two of these a word ends, however close their texts stand in the document. */
const blocks = 'p, li, td, th, h1, h2, h3, h4, h5, h6, pre, dt, dd';
/** What a message says; the rest of it is buttons and figures. */
const saidIn = '[data-said], .markdown';

/** Ranges in the drawn text of a message where the pattern (for folded text, see `conversations.find`) is met. */
export function textHits(message: Element, pattern: RegExp): Range[] {
  return [...message.querySelectorAll(saidIn)].flatMap((root) => hitsUnder(root, pattern));
}

interface Piece {
  readonly node: Text;
  readonly start: number;
}

function hitsUnder(root: Element, pattern: RegExp): Range[] {
  const { text, pieces } = textOf(root);
  const folded = foldText(text);
  return Array.from(folded.text.matchAll(pattern), ({ 0: hit, index }) => {
    const [start, end] = folded.originalRange(index, index + hit.length);
    const range = new Range();
    const [first, last] = [pieceAt(pieces, start), pieceAt(pieces, end - 1)];
    if (first !== undefined) range.setStart(first.node, start - first.start);
    if (last !== undefined) range.setEnd(last.node, end - last.start);
    return range;
  });
}

function textOf(root: Element): { text: string; pieces: Piece[] } {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const pieces: Piece[] = [];
  let text = '';
  let block: Element | null | undefined;
  for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) {
    const own = node.parentElement?.closest(blocks);
    // Two line ends: one alone may stand inside a Japanese word.
    if (block !== undefined && own !== block) text += '\n\n';
    block = own;
    pieces.push({ node, start: text.length });
    text += node.data;
  }
  return { text, pieces };
}

function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  return pieces.findLast(({ node, start }) => start <= offset && offset < start + node.data.length);
}
