import type { Source } from '../../../shared/contract/chat.ts';

interface PageStarts {
  readonly totalChars: number;
  readonly pages: readonly { readonly page: number; readonly startOffset: number }[];
}

/** Where on its page a passage begins, from 0 to 1, by the text of the page. */
export function placeOnPage(source: Pick<Source, 'page' | 'startOffset'>, { pages, totalChars }: PageStarts): number {
  const index = pages.findIndex(({ page }) => page === source.page);
  const start = pages[index]?.startOffset;
  if (start === undefined) return 0;
  const end = pages[index + 1]?.startOffset ?? totalChars;
  return end > start ? Math.min(1, Math.max(0, (source.startOffset - start) / (end - start))) : 0;
}
