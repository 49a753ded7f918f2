/** A piece of text, and the page that begins with it (null: it goes on from before). */
export interface PagePiece {
  readonly page: number | null;
  readonly text: string;
}

/**
 * Cuts a stretch of a document's text where its pages begin.
 * `offset`: where the stretch starts in the document; `pages`: page starts in the document, ascending.
 */
export function pageBreaks(
  text: string,
  offset: number,
  pages: readonly { readonly page: number; readonly startOffset: number }[],
): PagePiece[] {
  const pieces: PagePiece[] = [];
  let page: number | null = null;
  let at = 0;
  for (const { page: number, startOffset } of pages) {
    const cut = startOffset - offset;
    if (cut < 0 || cut >= text.length) continue;
    if (cut > at) pieces.push({ page, text: text.slice(at, cut) });
    page = number;
    at = cut;
  }
  if (at < text.length) pieces.push({ page, text: text.slice(at) });
  return pieces;
}
