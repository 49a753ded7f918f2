import type { PDFDocumentProxy, PDFPageProxy, PageViewport } from 'pdfjs-dist';
import { locatePassage, type TextRange } from './locate-passage.ts';
import { orderText, type TextContent } from './order-text.ts';
import { pdfjs } from './pdf-library.ts';

export interface PageRequest {
  /** 1-based. */
  readonly pageNumber: number;
  /** Width there is for it, in CSS pixels. */
  readonly roomPx: number;
  /** 1: the page is as wide as its room; null: its text is, as far as that is not too large. */
  readonly zoom: number | null;
  /** Device pixels a CSS pixel has. */
  readonly pixelRatio: number;
  /** Text to mark, and where on the page it should be, from 0 to 1; null for none. */
  readonly passage: { readonly text: string; readonly near: number } | null;
  readonly signal: AbortSignal;
}

export interface DrawnPage {
  /** The page: a picture, and over it its text, transparent, for selecting, reading out and marking. */
  readonly element: HTMLElement;
  /** What `zoom` came to. */
  readonly zoom: number;
  /** Where the text begins on the page, in CSS pixels from its left edge. */
  readonly textLeftPx: number;
  /** The marked text, line by line; empty when there was none to mark or it could not be found. */
  readonly marked: readonly HTMLElement[];
}

/** Most pixels of one picture: about 100 MB of memory with pdf.js's own copy. */
const maxCanvasPixels = 12_000_000;

/** Most that a page is made larger for the sake of its text. */
const maxTextZoom = 1.5;
/** Room left on either side of the text, in PDF units of 1/72 inch. */
const textMarginUnits = 8;

/** Draws a page. Rejects with the signal's reason, or with pdf.js's for a page it cannot draw. */
export async function drawPage(pdf: PDFDocumentProxy, request: PageRequest): Promise<DrawnPage> {
  const page = await pdf.getPage(request.pageNumber);
  request.signal.throwIfAborted();
  const unscaled = page.getViewport({ scale: 1 });
  const text = orderText(await page.getTextContent(), unscaled, request.passage);
  request.signal.throwIfAborted();
  const { left, width } = textColumn(text, unscaled);
  const zoom = request.zoom ?? Math.min(maxTextZoom, Math.max(1, unscaled.width / width));
  const scale = (request.roomPx * zoom) / unscaled.width;
  const viewport = page.getViewport({ scale });
  const element = document.createElement('div');
  element.className = 'pdf-page';
  element.style.setProperty('--total-scale-factor', String(scale));
  element.style.width = `${String(viewport.width)}px`;
  element.style.height = `${String(viewport.height)}px`;
  const [canvas, { layer, marked }] = await Promise.all([drawPicture(page, viewport, request), layText(text, viewport, request)]);
  element.append(canvas, layer);
  return { element, zoom, textLeftPx: left * scale, marked };
}

/** Where the text of a page lies between left and right, in units of the viewport; all of the page where there is none. */
function textColumn({ items }: TextContent, viewport: PageViewport): { left: number; width: number } {
  let [left, right] = [viewport.width, 0];
  for (const item of items) {
    if (!('str' in item) || item.str.trim() === '') continue;
    // Of the six numbers of a transform the last two are the place.
    const [x, y] = [Number(item.transform[4]), Number(item.transform[5])];
    for (const unit of [viewport.convertToViewportPoint(x, y), viewport.convertToViewportPoint(x + item.width, y)]) {
      left = Math.min(left, Math.max(0, Number(unit[0]) - textMarginUnits));
      right = Math.max(right, Math.min(viewport.width, Number(unit[0]) + textMarginUnits));
    }
  }
  return right > left ? { left, width: right - left } : { left: 0, width: viewport.width };
}

async function drawPicture(page: PDFPageProxy, viewport: PageViewport, { pixelRatio, signal }: PageRequest): Promise<HTMLCanvasElement> {
  const ratio = Math.min(pixelRatio, Math.sqrt(maxCanvasPixels / (viewport.width * viewport.height)));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.floor(viewport.width * ratio));
  canvas.height = Math.max(1, Math.floor(viewport.height * ratio));
  // What is drawn is also written over it, as text.
  canvas.setAttribute('aria-hidden', 'true');
  const task = page.render({ canvas, viewport, transform: [ratio, 0, 0, ratio, 0, 0] });
  const cancel = (): void => task.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await task.promise;
    return canvas;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

async function layText(
  content: TextContent,
  viewport: PageViewport,
  { passage, signal }: PageRequest,
): Promise<{ layer: HTMLElement; marked: readonly HTMLElement[] }> {
  const layer = document.createElement('div');
  layer.className = 'pdf-text';
  const text = new pdfjs.TextLayer({ textContentSource: content, container: layer, viewport });
  const cancel = (): void => text.cancel();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    await text.render();
  } finally {
    signal.removeEventListener('abort', cancel);
  }
  const range = passage === null ? null : locatePassage(passage.text, text.textContentItemsStr, passage.near);
  return { layer, marked: range === null ? [] : markRange(text.textDivs, range) };
}

/** Puts one `mark` around the pieces of a range, so that it is one marked text and not as many as it has lines. */
function markRange(pieces: readonly HTMLElement[], { start, end }: TextRange): readonly HTMLElement[] {
  // Empty pieces are not on the page.
  const inRange = pieces.slice(start.item, end.item + 1).filter((piece) => piece.parentNode !== null);
  const [first] = inRange;
  const last = inRange.at(-1);
  if (first === undefined || last === undefined) return [];
  const mark = document.createElement('mark');
  first.before(mark);
  const between = document.createRange();
  between.setStartBefore(first);
  between.setEndAfter(last);
  mark.append(between.extractContents());
  for (const piece of inRange) piece.classList.add('pdf-marked');
  const [startPiece, endPiece] = [pieces[start.item], pieces[end.item]];
  if (startPiece !== undefined && endPiece !== undefined) narrow(startPiece, endPiece, start.offset, end.offset);
  return inRange;
}

/** Takes the mark off what stands before the range in its first piece, and after it in its last. */
function narrow(startPiece: HTMLElement, endPiece: HTMLElement, startOffset: number, endOffset: number): void {
  const ends = new Map([[startPiece, startPiece.textContent.length]]).set(endPiece, endOffset);
  const starts = new Map([[endPiece, 0]]).set(startPiece, startOffset);
  for (const piece of new Set([startPiece, endPiece])) {
    const text = piece.textContent;
    const [from, to] = [starts.get(piece) ?? 0, ends.get(piece) ?? text.length];
    if (from === 0 && to === text.length) continue;
    const inside = document.createElement('span');
    inside.className = 'pdf-marked-part';
    inside.textContent = text.slice(from, to);
    piece.replaceChildren(text.slice(0, from), inside, text.slice(to));
    piece.classList.remove('pdf-marked');
  }
}
