import type { PageStart } from './parsed-file.ts';

/** A passage as the parser process cuts it. Offsets into the whole text, UTF-16 code units, end exclusive. */
export interface CutPassage {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly page: number | null;
  readonly headingPath: readonly string[];
  readonly tokenCount: number;
  /** What is searched for of its text. */
  readonly terms: string;
}

/** A stretch of a file's text and what ends in it. The pieces of a file come in order and together are its whole text. */
export interface ParsedPiece {
  readonly text: string;
  /** Pages that start in this stretch; offsets into the whole text. */
  readonly pages: readonly PageStart[];
  /** Passages that end in this stretch; one may begin in the stretch before. */
  readonly passages: readonly CutPassage[];
  /** What is known of the whole file, in its last piece; else null. */
  readonly end: { readonly mediaType: string; readonly pageCount: number | null } | null;
}

/** Most text of one piece, in UTF-16 code units, save for one passage that is longer. */
export const pieceChars = 24_000;
