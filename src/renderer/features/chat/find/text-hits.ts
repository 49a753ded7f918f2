import { findInPieces } from './find-in-pieces.ts';

/** Between two of these a word ends, however close their texts stand in the document. */
const blocks = 'p, li, td, th, h1, h2, h3, h4, h5, h6, pre, dt, dd';
/** What a message says; the rest of it is buttons and figures. */
const saidIn = '[data-said], .markdown';

/** Ranges in the drawn text of a message where the pattern (for folded text, see `conversations.find`) is met. */
export function textHits(message: Element, pattern: RegExp): Range[] {
  return [...message.querySelectorAll(saidIn)].flatMap((root) => hitsUnder(root, pattern));
}

function hitsUnder(root: Element, pattern: RegExp): Range[] {
  const nodes = textNodesOf(root);
  const pieces = nodes.map((node) => ({ text: node.data, block: node.parentElement?.closest(blocks) }));
  return findInPieces(pieces, pattern).flatMap(({ start, end }) => {
    const [first, last] = [nodes[start.piece], nodes[end.piece]];
    if (first === undefined || last === undefined) return [];
    const range = new Range();
    range.setStart(first, start.offset);
    range.setEnd(last, end.offset);
    return [range];
  });
}

function textNodesOf(root: Element): Text[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const nodes: Text[] = [];
  for (let node = walker.nextNode(); node instanceof Text; node = walker.nextNode()) nodes.push(node);
  return nodes;
}
