import { render } from 'katex';
import 'katex/dist/katex.min.css';

/** Longest formula that is drawn, in UTF-16 code units, and how deep its groups may lie in each other: a few thousand crash a browser. */
const maxSourceChars = 2_000;
const maxDepth = 30;

/**
 * Draws a formula into an element; false where it cannot be, and then the element is empty. No command that makes links,
 * loads images or writes HTML is followed, macros expand a limited number of times, and nothing becomes larger than the text allows
 * (https://katex.org/docs/security). Styles are set on the elements, since the page's policy forbids them in markup.
 */
export function drawFormula(source: string, isDisplayed: boolean, element: HTMLElement): boolean {
  if (source.length > maxSourceChars || depthOf(source) > maxDepth) return false;
  try {
    render(source, element, {
      displayMode: isDisplayed,
      throwOnError: true,
      trust: false,
      errorColor: 'var(--danger)',
      strict: 'ignore',
      maxExpand: 200,
      maxSize: 20,
      globalGroup: false,
    });
    return true;
  } catch {
    element.replaceChildren();
    return false;
  }
}

function depthOf(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [sign] of source.matchAll(/[{}]|\\(?:begin|left|end|right)(?![a-zA-Z])/gu)) {
    depth += sign === '{' || sign === String.raw`\begin` || sign === String.raw`\left` ? 1 : -1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}
