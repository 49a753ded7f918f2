import { excerptAround } from './excerpt.ts';
import type { HitFinder, TextRange } from './find-hits.ts';

/** How far before and after the first hit is read, in UTF-16 code units: more than an excerpt shows, less than a long answer. */
const before = 400;
const after = 800;

/** Marks of Markdown and what is left of them, in the order in which they are taken off. */
const marks: readonly (readonly [RegExp, string])[] = [
  // Fences, rules, and the line below a table's head.
  [/^[ \t]*(?:`{3,}|~{3,}).*$/gmu, ''],
  [/^[ \t]*(?:[-*_][ \t]*){3,}$/gmu, ''],
  [/^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t]*(?::?-+:?)?[ \t]*$/gmu, ''],
  // Headings, quotes and lists.
  [/^[ \t]*(?:#{1,6}|>+|[-*+](?:[ \t]+\[[ xX]\])?)[ \t]+/gmu, ''],
  // Links and images: their words.
  [/!?\[([^\]\n]*)\]\([^)\n]*\)/gu, '$1'],
  [/`+([^`\n]+)`+/gu, '$1'],
  [/(\*\*|__|~~)(?=\S)([^\n]*?\S)\1/gu, '$2'],
  [/(?<![\p{L}\p{N}*_])([*_])(?=[^\s*_])([^*_\n]*[^\s*_])\1(?![\p{L}\p{N}*_])/gu, '$2'],
];

/**
 * The part of an answer around the first thing that was searched for, on one line and without the marks of Markdown, and the hits in
 * that part.
 */
export function plainExcerpt(text: string, finder: Pick<HitFinder, 'hitsIn'>): { snippet: string; highlights: TextRange[] } {
  const firstHit = finder.hitsIn(text)[0]?.[0] ?? 0;
  // Whole lines, where they are short enough: a mark counts only at the beginning of one, or has another on the same.
  const lineStart = text.lastIndexOf('\n', Math.max(0, firstHit - before)) + 1;
  const start = Math.max(lineStart, firstHit - 2 * before);
  const lineEnd = text.indexOf('\n', firstHit + after);
  const part = text.slice(start, Math.min(lineEnd === -1 ? text.length : lineEnd, firstHit + 2 * after)).toWellFormed();
  const plain = marks
    .reduce((rest, [mark, left]) => rest.replace(mark, left), part)
    .replace(/^[ \t]*\|.*$/gmu, (row) => row.replaceAll('|', ' '))
    .replace(/[^\S\n]+/gu, ' ')
    // One line break stays until the hits are found: a Japanese word may go over it.
    .replace(/\s*\n\s*/gu, '\n')
    .trim();
  const hits = finder.hitsIn(plain);
  // What was searched for may be in an address that is not shown.
  return hits.length === 0 && finder.hitsIn(part).length > 0 ? excerptAround(part, finder.hitsIn(part)) : excerptAround(plain, hits);
}
