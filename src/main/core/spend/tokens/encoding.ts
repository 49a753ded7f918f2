import { createRequire } from 'node:module';
import { setImmediate as nextTick } from 'node:timers/promises';
import type { TiktokenBPE } from 'js-tiktoken/lite';
import { addToken, createMergeCounter, createRanks, type Ranks } from './byte-pair-merge.ts';
import type { EncodingName } from './encoding-of-model.ts';

/** A loaded encoding. */
export interface Encoding {
  /** Exact number of tokens; text that looks like a special token is counted as ordinary text. */
  count(text: string): number;
}

/** A text is cut into pieces stretch by stretch: lists of pieces this short never leave the young part of the heap. */
const stretchLength = 8_000;
/** The regular expression engine gives up on runs of tens of millions of characters. */
const maxStretchLength = 1_000_000;
/** A text that is its own UTF-8. */
const ascii = /^[\0-\x7f]*$/;
const maxCachedPieces = 50_000;
/** Loaded between two turns of the event loop: some milliseconds' worth. */
const tokensPerTick = 10_000;
const maxCachedPieceLength = 64;

// A short text is counted synchronously, so the ranks (2 MB) are loaded synchronously, when they are first needed.
// Not named `require`: the build declares one of its own in every chunk that mentions it.
const load = createRequire(import.meta.url);
const loaded = new Map<EncodingName, Encoding>();

/** The encoding of that name, loaded at its first use (about 0.2 s) and kept. */
export function encodingNamed(name: EncodingName): Encoding {
  const known = loaded.get(name);
  if (known) return known;
  const bpe = readRanks(name);
  const ranks = createRanks();
  for (const [token, rank] of rankedTokens(bpe.bpe_ranks)) addToken(ranks, token, rank);
  return keep(name, createEncoding(ranks, bpe.pat_str));
}

/** Loads the encoding ahead of its first use, a few milliseconds at a time. Rejects with the signal's reason when it aborts meanwhile. */
export async function preloadEncoding(name: EncodingName, signal: AbortSignal): Promise<void> {
  if (loaded.has(name)) return;
  const bpe = readRanks(name);
  const ranks = createRanks();
  for (const [token, rank] of rankedTokens(bpe.bpe_ranks)) {
    addToken(ranks, token, rank);
    if (ranks.ofBytes.size % tokensPerTick === 0) await nextTick(undefined, { signal });
  }
  // Whoever could not wait has loaded it by now.
  if (!loaded.has(name)) keep(name, createEncoding(ranks, bpe.pat_str));
}

function keep(name: EncodingName, encoding: Encoding): Encoding {
  loaded.set(name, encoding);
  return encoding;
}

function readRanks(name: EncodingName): TiktokenBPE {
  // The package's own type of these two modules; `load` cannot know it.
  const ranks = (name === 'o200k_base' ? load('js-tiktoken/ranks/o200k_base') : load('js-tiktoken/ranks/cl100k_base')) as
    | TiktokenBPE
    | { default: TiktokenBPE };
  return 'default' in ranks ? ranks.default : ranks;
}

function createEncoding(ranks: Ranks, patternSource: string): Encoding {
  const countMerged = createMergeCounter(ranks);
  const pattern = patternOf(patternSource);
  const asciiPattern = asciiPatternOf(patternSource);
  const cache = new Map<string, number>();
  const countPiece = (piece: string): number => {
    const known = cache.get(piece);
    if (known !== undefined) return known;
    // Half a surrogate pair becomes U+FFFD here, as in every UTF-8 encoder.
    const bytes = ascii.test(piece) ? piece : Buffer.from(piece, 'utf8').toString('latin1');
    const count = ranks.ofBytes.has(bytes) ? 1 : countMerged(bytes);
    if (cache.size >= maxCachedPieces) cache.clear();
    if (piece.length <= maxCachedPieceLength) cache.set(piece, count);
    return count;
  };
  return {
    count(text) {
      let count = 0;
      for (const stretch of stretchesOf(text)) {
        // A list of strings: the match objects of `matchAll` would take longer than the counting.
        for (const piece of stretch.match(ascii.test(stretch) ? asciiPattern : pattern) ?? []) count += countPiece(piece);
      }
      return count;
    },
  };
}

/**
 * The pattern that cuts a text into pieces. It was written for Rust, where `\s` has the next-line character and not the byte
 * order mark; in JavaScript it is the other way round, and a document with the mark would be miscounted.
 */
function patternOf(source: string): RegExp {
  return new RegExp(source.replaceAll('\\s', '\\p{White_Space}').replaceAll('\\S', '\\P{White_Space}'), 'gu');
}

/** What the classes of the pattern hold of ASCII. */
const asciiOfClass: Readonly<Record<string, string>> = { L: 'A-Za-z', Lu: 'A-Z', Ll: 'a-z', N: '0-9' };

/** The same pattern for texts of ASCII alone, which is a third faster: no tables of Unicode, no surrogate pairs to look out for. */
function asciiPatternOf(source: string): RegExp {
  const inClass = (text: string): string => text.replaceAll(/\\p\{(\w+)\}/g, (_, name: string) => asciiOfClass[name] ?? '');
  return new RegExp(
    source.replaceAll(/\[[^\]]*\]|\\p\{\w+\}/g, (part) => (part.startsWith('[') ? inClass(part) : `[${inClass(part)}]`)),
    'g',
  );
}

/** Byte strings (one character a byte) and their ranks, from js-tiktoken's lines of `! firstRank token token …` in base64. */
function* rankedTokens(text: string): Generator<readonly [token: string, rank: number]> {
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [, firstRank, ...tokens] = line.split(' ');
    for (const [index, token] of tokens.entries()) yield [atob(token), Number(firstRank) + index];
  }
}

/**
 * Cuts a long text where no token can reach across: between a line break and a letter. Only a text without such a place
 * in a million characters is cut anywhere, which may cost a token of exactness.
 */
function* stretchesOf(text: string): Generator<string> {
  let start = 0;
  while (text.length - start > stretchLength) {
    const end = endOfStretch(text, start);
    yield text.slice(start, end);
    start = end;
  }
  yield text.slice(start);
}

/** The first good place to cut after a stretch's length. */
function endOfStretch(text: string, start: number): number {
  const latest = Math.min(text.length, start + maxStretchLength);
  let end = start + stretchLength;
  while (end < latest) {
    const breakAt = text.indexOf('\n', end);
    if (breakAt === -1 || breakAt >= latest) break;
    end = breakAt + 1;
    if (isLetter(text.charCodeAt(end))) return end;
  }
  if (latest === text.length) return latest;
  return (text.codePointAt(latest - 1) ?? 0) > 0xffff ? latest - 1 : latest;
}

/** A letter of ASCII: enough of them begin lines to cut at. */
function isLetter(unit: number): boolean {
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}
