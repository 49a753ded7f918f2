import type { Element, ElementContent, Root } from 'hast';
import { splitCitations } from '../../../../shared/split-citations.ts';

/** The elements that citations and footnotes become; drawn by `CitationMark` and `NoteMark`. */
export const citationTag = 'tally-citation';
export const noteTag = 'tally-note';

/** Text in here is quoted, not said: `[1]` in code is an index. */
const literalTags: ReadonlySet<string> = new Set(['code', 'pre', 'a', citationTag, noteTag]);

const notePattern = /(\[\^[^\]\s]{1,64}\])/u;

/** Turns `[n]` and, where there is such a footnote, `[^id]` in running text into elements, in place. */
export function markText(parent: Root | Element, noteIds: readonly string[]): void {
  if (parent.type === 'element' && literalTags.has(parent.tagName)) return;
  const children = parent.children.flatMap((child): (typeof child)[] => {
    if (child.type === 'text') return splitNotes(child.value, noteIds);
    if (child.type === 'element') markText(child, noteIds);
    return [child];
  });
  // What a node may hold is not changed: texts become texts and elements, which may stand wherever text may.
  parent.children = children as ElementContent[];
}

function splitNotes(text: string, noteIds: readonly string[]): ElementContent[] {
  if (noteIds.length === 0) return splitMarks(text);
  return text.split(notePattern).flatMap((part) => {
    const number = part.startsWith('[^') ? noteIds.indexOf(part.slice(2, -1)) + 1 : 0;
    return number === 0 ? splitMarks(part) : [mark(noteTag, number)];
  });
}

function splitMarks(text: string): ElementContent[] {
  return splitCitations(text).map((part) => (typeof part === 'string' ? { type: 'text', value: part } : mark(citationTag, part)));
}

function mark(tagName: string, ordinal: number): Element {
  return { type: 'element', tagName, properties: { ordinal: String(ordinal) }, children: [] };
}
