import { searchTerms } from '../../db/search-terms.ts';
import type { PassageSettings } from '../../../../shared/contract/passage-settings.ts';
import { cutPassages, sizesFor, type Passage } from '../cut-passages.ts';
import type { PageStart, ParsedFile } from './parsed-file.ts';
import { pieceChars, type CutPassage, type ParsedPiece } from './parsed-piece.ts';

export interface CutOptions {
  readonly settings: PassageSettings;
  readonly countTokens: (text: string) => number;
}

/**
 * A file's text with its passages, piece by piece, so that whoever takes them over never has to handle more than one at a
 * time. Lazy: a piece is cut when it is asked for.
 */
export function* cutPieces(file: ParsedFile, { settings, countTokens }: CutOptions): Generator<ParsedPiece> {
  const pagesIn = createPageReader(file.pages);
  const piece = (from: number, to: number, passages: readonly CutPassage[], isLast: boolean): ParsedPiece => ({
    text: file.text.slice(from, to),
    pages: pagesIn(to),
    passages,
    end: isLast ? { mediaType: file.mediaType, pageCount: file.pageCount } : null,
  });
  let from = 0;
  let passages: CutPassage[] = [];
  for (const passage of cutPassages(file, countTokens, sizesFor(settings))) {
    // White space between two passages may be long.
    for (; passage.startOffset - from > pieceChars; from += pieceChars) {
      yield piece(from, from + pieceChars, passages, false);
      passages = [];
    }
    passages.push(withTerms(file.text, passage));
    if (passage.endOffset - from < pieceChars) continue;
    yield piece(from, passage.endOffset, passages, false);
    from = passage.endOffset;
    passages = [];
  }
  for (; file.text.length - from > pieceChars; from += pieceChars) {
    yield piece(from, from + pieceChars, passages, false);
    passages = [];
  }
  yield piece(from, file.text.length, passages, true);
}

function withTerms(text: string, passage: Passage): CutPassage {
  const own = text.slice(passage.startOffset, passage.endOffset);
  return {
    ...passage,
    terms: searchTerms(`${own} ${rejoinedWords(own)}`),
  };
}

/** Hands out page starts before an offset, each once. */
function createPageReader(pages: readonly PageStart[]): (before: number) => PageStart[] {
  let next = 0;
  return (before) => {
    const first = next;
    while ((pages[next]?.[1] ?? Infinity) < before) next += 1;
    return pages.slice(first, next);
  };
}

/** Words that a line end cut in two, whole, so that they are found; the text itself stays as it was printed. */
function rejoinedWords(text: string): string {
  // Beginning only where a word does keeps the search linear in a word of any length.
  return [...text.matchAll(/(?<!\p{L})(\p{L}+)[-\u00ad\u2010]\n[ \t]*(\p{Ll}+)/gu)]
    .map(([, start = '', end = '']) => start + end)
    .join(' ');
}
