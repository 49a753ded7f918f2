/**
 * How a text is built, which decides where it may be cut. `markdown`: headings, fences and paragraphs;
 * `prose`: paragraphs and sentences; `lines`: one thing a line, as in source code, JSON or table rows.
 */
export type TextStructure = 'markdown' | 'prose' | 'lines';

/** A page (or slide), from 1, and where it starts in the text, in UTF-16 code units. A page starts a line. */
export type PageStart = readonly [page: number, startOffset: number];

/** What is kept of a file: its text, and where its pages start in it. */
export interface ParsedFile {
  /** Well-formed UTF-16 with `\n` line ends and no NUL. */
  readonly text: string;
  /** Ascending; empty where the format has no pages. Pages without text are left out. */
  readonly pages: readonly PageStart[];
  /** Pages of the file, those without text included; null where the format has none. */
  readonly pageCount: number | null;
  readonly structure: TextStructure;
  readonly mediaType: string;
}
