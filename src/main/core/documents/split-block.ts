import type { TextStructure } from './parsing/parsed-file.ts';
import { trimmedRange, type TextBlock } from './text-blocks.ts';

/** A stretch of text and what it weighs; UTF-16 code units, end exclusive. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly tokenCount: number;
}

/** What a piece may weigh, and how to weigh one. Never called with more than `maxCountedChars` code units. */
export interface PieceLimits {
  readonly maxTokens: number;
  readonly countTokens: (text: string) => number;
}

/** Tokenisers take quadratic time on some texts, so they are never given a long one. */
export const maxCountedChars = 4_000;
/** Lines of a PDF are joined to a sentence up to this length; beyond it there is no sentence to be found. */
const maxJoinedChars = 600;
/** A short piece before white space says little about the next. */
const minLikelyChars = 400;
/** The segmenter is given this much at a time. */
const segmenterChars = 50_000;

const sentenceEnd = /[.!?。！？．…:;][)\]"'”’」』）]*\s*$/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'sentence' });

/**
 * A block too heavy for one passage, as pieces that are light enough: sentences in prose, lines in code, rows in tables, and stretches
 * of characters where neither is short enough. In order, together covering the block but for white space.
 */
export function* splitBlock(text: string, block: TextBlock, structure: TextStructure, limits: PieceLimits): Generator<Piece> {
  const isByLine = structure === 'lines' || block.kind === 'fence' || isTable(text, block);
  for (const [from, to] of isByLine ? lineRanges(text, block) : sentenceRanges(text, block)) {
    const [start, end] = trimmedRange(text, from, to);
    if (start < end) yield* lightPieces(text, start, end, limits);
  }
}

/** Rows of a table, as they stand in Markdown and as office files are read: one a line, with bars between the cells. */
function isTable(text: string, block: TextBlock): boolean {
  const [first = '', second = ''] = text.slice(block.start, Math.min(block.end, block.start + maxCountedChars)).split('\n', 2);
  return [first, second].every((line) => line.startsWith('|') || line.includes(' | '));
}

function* lineRanges(text: string, block: TextBlock): Generator<readonly [number, number]> {
  for (let start = block.start; start < block.end;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 || newline >= block.end ? block.end : newline + 1;
    yield [start, end];
    start = end;
  }
}

/** Sentences; a line end without a full stop, as PDFs have them inside sentences, does not end one. */
function* sentenceRanges(text: string, block: TextBlock): Generator<readonly [number, number]> {
  let start = block.start;
  let end = block.start;
  for (const length of segmentLengths(text, block)) {
    end += length;
    const isComplete = sentenceEnd.test(text.slice(Math.max(start, end - 20), end));
    if (!isComplete && end - start < maxJoinedChars) continue;
    yield [start, end];
    start = end;
  }
  if (start < block.end) yield [start, block.end];
}

function* segmentLengths(text: string, block: TextBlock): Generator<number> {
  for (let start = block.start; start < block.end; start += segmenterChars) {
    const end = Math.min(start + segmenterChars, block.end);
    for (const { segment } of segmenter.segment(text.slice(start, end))) yield segment.length;
  }
}

/** The range whole if it is light enough, else cut at white space near the limit, else anywhere between two characters. */
function* lightPieces(text: string, from: number, to: number, limits: PieceLimits): Generator<Piece> {
  // What fitted last time is likely to fit again; counting is what takes the time here.
  let likelyChars = maxCountedChars;
  for (let start = from; start < to;) {
    let end = Math.min(start + likelyChars, to);
    if (end < to) end = cutNear(text, start, end);
    let tokenCount = limits.countTokens(text.slice(start, end));
    while (tokenCount > limits.maxTokens && end - start > 2) {
      const share = limits.maxTokens / tokenCount;
      end = cutNear(text, start, start + Math.max(2, Math.floor((end - start) * Math.min(share, 0.9))));
      tokenCount = limits.countTokens(text.slice(start, end));
    }
    if (end < to) likelyChars = Math.max(end - start, minLikelyChars);
    const [pieceStart, pieceEnd] = trimmedRange(text, start, end);
    if (pieceStart < pieceEnd) yield { start: pieceStart, end: pieceEnd, tokenCount };
    start = end;
  }
}

/** The last good place to cut in the second half of the range: after white space, else not inside a surrogate pair. */
function cutNear(text: string, start: number, end: number): number {
  for (let index = end; index > start + (end - start) / 2; index -= 1) {
    if (/\s/.test(text.charAt(index - 1))) return index;
  }
  const splitsPair = isHighSurrogate(text.charCodeAt(end - 1)) && end - 1 > start;
  return splitsPair ? end - 1 : end;
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
