import { splitCitations } from '../../../../shared/split-citations.ts';

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

/** Text in here is quoted, not said: `[1]` in code is an index. */
const literalTags: ReadonlySet<string> = new Set(['code', 'pre', 'a', citationTag]);

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
