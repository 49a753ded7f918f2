import { foldText } from '../../../shared/fold-text.ts';
import { queryTerms, unspacedScripts, type QueryTerm } from '../db/search-terms.ts';

/** [start, end) in UTF-16 code units. */
export type TextRange = [number, number];

export interface HitFinder {
  /** Where the terms stand in a text, in order and without overlap. */
  hitsIn(text: string): TextRange[];
  /** Whether a text holds every term. */
  matches(text: string): boolean;
  /** What finds any of the terms in a folded text: a regular expression for the flag `u`. */
  readonly pattern: string;
}

/** Finds in plain text what `matchQuery(query, 'all')` finds in the full-text tables. */
export function createHitFinder(query: string): HitFinder {
  const patterns = queryTerms(query).map(patternOf);
  const each = patterns.map((pattern) => new RegExp(pattern, 'u'));
  // The longer one first, where one term begins with another.
  const pattern = patterns.toSorted((a, b) => b.length - a.length).join('|');
  const any = new RegExp(pattern, 'gu');
  return {
    pattern,
    hitsIn(text) {
      if (patterns.length === 0) return [];
      const folded = foldText(text);
      return Array.from(folded.text.matchAll(any), ({ 0: hit, index }) => folded.originalRange(index, index + hit.length));
    },
    matches(text) {
      const folded = foldText(text).text;
      return each.length > 0 && each.every((pattern) => pattern.test(folded));
    },
  };
}

const wordCharacter = String.raw`(?:(?![${unspacedScripts}])[\p{L}\p{N}])`;

/** Terms hold letters and digits only, so nothing in them has to be escaped. */
function patternOf(term: QueryTerm): string {
  if (term.kind === 'run') return term.characters.map(foldTerm).join(String.raw`(?:[ \t]*\r?\n[ \t]*)?`);
  const words = term.parts.map(foldTerm).join(String.raw`[^\p{L}\p{N}]+`);
  return `(?<!${wordCharacter})${words}${term.isPrefix ? `${wordCharacter}*` : `(?!${wordCharacter})`}`;
}

function foldTerm(term: string): string {
  return foldText(term).text;
}
