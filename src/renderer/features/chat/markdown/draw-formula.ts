import { render } from 'katex';
import 'katex/dist/katex.min.css';

/** Longest formula that is drawn, in UTF-16 code units. */
const maxSourceChars = 4_000;

/**
 * Draws a formula into an element; false where it cannot be, and then the element is empty. No command that makes links,
 * loads images or writes HTML is followed, macros expand a limited number of times, and nothing becomes larger than the text allows
 * (https://katex.org/docs/security). Styles are set on the elements, since the page's policy forbids them in markup.
 */
export function drawFormula(source: string, isDisplayed: boolean, element: HTMLElement): boolean {
  if (source.length > maxSourceChars) return false;
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
