/** The parts of a syntax tree (hast) this file looks at. */
interface TreeNode {
  type: string;
  tagName?: string;
  value?: string;
  properties?: Record<string, string>;
  children?: TreeNode[];
}

/** The element a citation becomes; drawn by `CitationMark`. */
export const citationTag = 'tally-citation';

/** `[1]`, `[1, 2]`, and the wide brackets Japanese answers use. */
const citation = /[[［【]\s*(\d{1,3}(?:\s*[,，、]\s*\d{1,3})*)\s*[\]］】]/gu;

/** Text in here is quoted, not said: `[1]` in code is an index. */
const literalTags: ReadonlySet<string> = new Set(['code', 'pre', 'a', citationTag]);

/** Splits a text at its citations: strings stay text, numbers are the n of `[n]`. */
export function splitCitations(text: string): (string | number)[] {
  const parts: (string | number)[] = [];
  let end = 0;
  for (const match of text.matchAll(citation)) {
    if (match.index > end) parts.push(text.slice(end, match.index));
    for (const ordinal of (match[1] ?? '').split(/[,，、]/u)) parts.push(Number(ordinal));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push(text.slice(end));
  return parts;
}

function mark(parent: TreeNode): void {
  if (parent.tagName !== undefined && literalTags.has(parent.tagName)) return;
  parent.children =
    parent.children?.flatMap((child) => {
      if (child.type !== 'text' || child.value === undefined) {
        mark(child);
        return [child];
      }
      return splitCitations(child.value).map((part): TreeNode => {
        if (typeof part === 'string') return { type: 'text', value: part };
        return { type: 'element', tagName: citationTag, properties: { ordinal: String(part) }, children: [] };
      });
    }) ?? [];
}

/** A rehype plugin that turns `[n]` in running text into citation elements. */
export function rehypeCitations(): (tree: TreeNode) => void {
  return mark;
}
