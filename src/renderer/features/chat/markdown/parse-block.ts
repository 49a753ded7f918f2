import type { Element, ElementContent, Root, RootContent } from 'hast';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import remarkRehype, { type Options } from 'remark-rehype';
import { unified } from 'unified';
import { markText } from './mark-text.ts';
import { normalizeMath } from './normalize-math.ts';

/** Deepest nesting of quotes and lists in one line that is read as Markdown, and most signs that could begin something. */
const maxNesting = 24;
const maxSigns = 1_500;

const nestingPattern = new RegExp(`^(?:[ \\t]*(?:>|[-*+](?=[ \\t])|\\d{1,9}[.)](?=[ \\t]))){${String(maxNesting + 1)}}|^[ \\t]{80}`, 'mu');
const signPattern = /[[\]*_~`<&$\\!]/gu;

/** HTML of a model is text. Only a line break, which tables cannot have otherwise, is what it says. */
const html: NonNullable<NonNullable<Options['handlers']>['html']> = (_state, node: { value: string }, parent?: { type: string }) => {
  const shown: ElementContent = /^<br\s*\/?>$/iu.test(node.value)
    ? { type: 'element', tagName: 'br', properties: {}, children: [] }
    : { type: 'text', value: node.value };
  return parent?.type === 'paragraph' || parent?.type === 'tableCell' || parent?.type === 'heading' ? shown : paragraph([shown]);
};

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  // A single dollar is money more often than mathematics; `normalizeMath` tells them apart.
  .use(remarkMath, { singleDollarTextMath: false })
  .use(remarkRehype, { handlers: { html } });

function paragraph(children: ElementContent[]): Element {
  return { type: 'element', tagName: 'p', properties: {}, children };
}

/** Whether reading this as Markdown could take long: nested or marked far beyond what anybody writes for people. */
export function isTooTangled(text: string): boolean {
  return nestingPattern.test(text) || (text.match(signPattern)?.length ?? 0) > maxSigns;
}

/**
 * The syntax tree (hast) of one block. `definitions` are the link definitions of the whole answer, for blocks that may use
 * them; `noteIds` its footnotes in their order. There is no raw HTML in it, whatever the text says.
 */
export function parseBlock(text: string, definitions: string, noteIds: readonly string[]): Root {
  const tree = processor.runSync(processor.parse(`${normalizeMath(text)}${definitions}`));
  // Blank lines between blocks say nothing.
  const children = tree.children.filter((node: RootContent) => node.type !== 'text' || node.value.trim() !== '');
  markText({ ...tree, children }, noteIds);
  return { ...tree, children };
}
