import { defaultPassageSettings, type PassageSettings } from '../../../shared/contract/passage-settings.ts';
import type { ParsedFile } from './parsing/parsed-file.ts';
import { maxCountedChars, splitBlock, type Piece } from './split-block.ts';
import { textBlocks, type TextBlock } from './text-blocks.ts';

/** A stretch of a document's text, small enough to be quoted and large enough to be understood. */
export interface Passage {
  /** Into the document's text, UTF-16 code units, end exclusive. */
  readonly startOffset: number;
  readonly endOffset: number;
  readonly page: number | null;
  readonly headingPath: readonly string[];
  /** Counted piece by piece, so off by one a seam at most. */
  readonly tokenCount: number;
}

export interface PassageSizes {
  /** Where a section is too large for one passage, none is cut off with fewer. */
  readonly minTokens: number;
  /** No passage has more. */
  readonly maxTokens: number;
  /** A section smaller than this shares its passage with the next section. */
  readonly minSectionTokens: number;
  /** Most tokens repeated from the passage before, where a paragraph had to be split. */
  readonly overlapTokens: number;
}

/** A passage that could be longer is closed with no less than this share of what it may have, a section with no less than that. */
const minShare = 0.46;
const minSectionShare = 0.2;

/** The sizes that come of what a person has chosen. Without structure no section is large enough to stand alone. */
export function sizesFor({ maxTokens, overlapTokens, onStructure }: PassageSettings): PassageSizes {
  return {
    minTokens: Math.round(maxTokens * minShare),
    maxTokens,
    minSectionTokens: onStructure ? Math.round(maxTokens * minSectionShare) : Infinity,
    overlapTokens,
  };
}

export const defaultPassageSizes = sizesFor(defaultPassageSettings);

/** Of a part's beginning, in UTF-16 code units, taken to tell it from others. */
const hashedChars = 100;

interface Part extends Piece {
  readonly block: TextBlock;
  /** This part and the one before were cut out of the same block. */
  readonly continues: boolean;
}

/**
 * Cuts a text into passages along its structure: sections, then paragraphs and code fences kept whole, then sentences or
 * lines where one of these is too large. A passage never spans two pages, so that its page can be cited. Passages come
 * in order and together hold all of the text but white space.
 * Lazy: a caller can let other work run between two passages. `countTokens` is only given short texts.
 */
export function* cutPassages(
  file: Pick<ParsedFile, 'text' | 'pages' | 'structure'>,
  countTokens: (text: string) => number,
  sizes: PassageSizes = defaultPassageSizes,
): Generator<Passage> {
  let held: Part[] = [];
  for (const part of parts(file, countTokens, sizes)) {
    if (beginsAnew(held, part, sizes)) {
      yield passageOf(held);
      held = [];
    }
    while (held.length > 0 && tokensOf(held) + part.tokenCount > sizes.maxTokens) {
      const cut = bestCut(file.text, held, part, sizes);
      yield passageOf(held.slice(0, cut));
      held = [...overlapOf(held.slice(0, cut), held[cut] ?? part, sizes), ...held.slice(cut)];
    }
    held.push(part);
  }
  if (held.length > 0) yield passageOf(held);
}

function* parts(
  file: Pick<ParsedFile, 'text' | 'pages' | 'structure'>,
  countTokens: (text: string) => number,
  sizes: PassageSizes,
): Generator<Part> {
  // Leaves room for the heading above, which would otherwise be a passage of its own.
  const limits = { maxTokens: sizes.maxTokens - sizes.overlapTokens, countTokens };
  for (const block of textBlocks(file.text, file.pages, file.structure)) {
    const { start, end } = block;
    const tokenCount = end - start > maxCountedChars ? Infinity : countTokens(file.text.slice(start, end));
    if (tokenCount <= limits.maxTokens) {
      yield { start, end, tokenCount, block, continues: false };
      continue;
    }
    let continues = false;
    for (const piece of splitBlock(file.text, block, file.structure, limits)) {
      yield { ...piece, block, continues };
      continues = true;
    }
  }
}

/** Whether the text itself has a seam here: a page, or a section after one that is large enough to stand alone. */
function beginsAnew(held: readonly Part[], next: Part, sizes: PassageSizes): boolean {
  if (held.length === 0) return false;
  if (held.at(-1)?.block.page !== next.block.page) return true;
  const isOnlyHeadings = held.every(({ block }) => block.kind === 'heading');
  return next.block.kind === 'heading' && !isOnlyHeadings && tokensOf(held) >= sizes.minSectionTokens;
}

/**
 * How many parts to close a passage with, where all that are held and the next one would be too much. Of the places where it
 * may end, the one whose following words have the smallest hash: the same place is then chosen whatever stands far before
 * it, so that an edit moves a cut or two and leaves all later passages what they were.
 */
function bestCut(text: string, held: readonly Part[], next: Part, sizes: PassageSizes): number {
  let [best, bestHash, tokens] = [held.length, Infinity, 0];
  for (const [index, part] of held.entries()) {
    tokens += part.tokenCount;
    const following = held[index + 1] ?? next;
    // A heading stays with what it heads, and what was only repeated is not repeated again alone.
    if (tokens < sizes.minTokens || part.block.kind === 'heading') continue;
    const hash = fnv1a(text.slice(following.start, Math.min(following.end, following.start + hashedChars)));
    if (hash < bestHash) [best, bestHash] = [index + 1, hash];
  }
  return best;
}

/** 32-bit FNV-1a over code units, http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** The end of the passage before, so that a sentence that leans on the one before it can be understood. */
function overlapOf(closed: readonly Part[], next: Part, sizes: PassageSizes): Part[] {
  const last = closed.at(-1);
  if (!next.continues || last === undefined || last.block !== next.block || last.tokenCount > sizes.overlapTokens) return [];
  return last.tokenCount + next.tokenCount > sizes.maxTokens ? [] : [last];
}

function passageOf(held: readonly Part[]): Passage {
  const [first] = held;
  const last = held.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('A passage has at least one part.');
  const paths = held.map(({ block }) => block.headingPath);
  return {
    startOffset: first.start,
    endOffset: last.end,
    page: first.block.page,
    headingPath: sharedPath(paths),
    tokenCount: tokensOf(held),
  };
}

function tokensOf(held: readonly Part[]): number {
  return held.reduce((sum, part) => sum + part.tokenCount, 0);
}

/** The path all parts of a stretch have in common. A stretch that opens with a heading and stays below it has that heading's path. */
export function sharedPath(paths: readonly (readonly string[])[]): string[] {
  const [first = [], ...others] = paths;
  const length = first.findIndex((title, depth) => others.some((path) => path[depth] !== title));
  return length < 0 ? [...first] : first.slice(0, length);
}
