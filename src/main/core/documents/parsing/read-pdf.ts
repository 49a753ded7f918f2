import { createRequire } from 'node:module';
import path from 'node:path';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
import { placeText, readingOrder } from '../../../../shared/reading-order.ts';
import { hyphenatedWords, joinHyphens } from './join-hyphens.ts';
import { furnitureOf, type EdgeLine } from './page-furniture.ts';
import { pageText, type PageItem } from './page-text.ts';
import { assertPageCount } from './parsing-limits.ts';

export interface PdfText {
  /** Of all pages, those without text included. */
  readonly pageCount: number;
  /** Pages that hold text, numbered from 1. */
  readonly pages: readonly { readonly page: number; readonly text: string }[];
}

interface ReadPage {
  readonly page: number;
  readonly head: readonly EdgeLine[];
  readonly body: string;
  readonly foot: readonly EdgeLine[];
}

/**
 * The text of a PDF, page by page, in the order in which it is read: columns one after the other, words whole that a line end had cut,
 * without running heads and page numbers. Throws AppError FILE_TOO_LARGE, and what pdf.js throws for a file it cannot read.
 */
export async function readPdfText(bytes: Uint8Array): Promise<PdfText> {
  const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const pdfjsDir = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const task = getDocument({
    // A copy: pdf.js takes no Buffer, whose bytes may be part of a larger one.
    data: new Uint8Array(bytes),
    // Without the character maps, text in Japanese and Chinese fonts that are not embedded comes out empty.
    cMapUrl: `${path.join(pdfjsDir, 'cmaps')}${path.sep}`,
    cMapPacked: true,
    standardFontDataUrl: `${path.join(pdfjsDir, 'standard_fonts')}${path.sep}`,
    isEvalSupported: false,
    verbosity: VerbosityLevel.ERRORS,
  });
  try {
    const pdf = await task.promise;
    assertPageCount(pdf.numPages);
    return { pageCount: pdf.numPages, pages: withoutFurniture(await readPages(pdf)) };
  } finally {
    await task.destroy();
  }
}

async function readPages(pdf: PDFDocumentProxy): Promise<ReadPage[]> {
  const pages: ReadPage[] = [];
  for (let page = 1; page <= pdf.numPages; page += 1) {
    const proxy = await pdf.getPage(page);
    pages.push(await readPage(proxy, page));
    proxy.cleanup();
  }
  return pages;
}

async function readPage(proxy: PDFPageProxy, page: number): Promise<ReadPage> {
  const { items, styles } = await proxy.getTextContent();
  const viewport = proxy.getViewport({ scale: 1 });
  const placed = items.flatMap((item): PageItem[] =>
    'str' in item ? [{ ...placeText(item, viewport.transform, styles[item.fontName]?.vertical === true), endsLine: item.hasEOL }] : [],
  );
  const order = readingOrder(placed, viewport.height);
  const textOf = (part: readonly number[]): string => pageText(part.flatMap((index) => placed[index] ?? []));
  // A running head and a page number may share a line.
  const edgeLines = (edge: EdgeLine['edge']): EdgeLine[] =>
    textOf(order[edge])
      .split(/[\n\t]/)
      .flatMap((text) => (text.trim() === '' ? [] : [{ page, edge, text }]));
  return { page, head: edgeLines('head'), body: textOf(order.body), foot: edgeLines('foot') };
}

function withoutFurniture(pages: readonly ReadPage[]): PdfText['pages'] {
  const furniture = furnitureOf(pages.flatMap(({ head, foot }) => [...head, ...foot]));
  const kept = (lines: readonly EdgeLine[]): string[] => lines.flatMap((line) => (furniture.has(line) ? [] : [line.text]));
  const texts = pages.map(({ head, body, foot }) => [...kept(head), body, ...kept(foot)].join('\n').trim());
  const hyphenated = hyphenatedWords(texts);
  return pages.flatMap(({ page }, index) => {
    const text = joinHyphens(texts[index] ?? '', hyphenated);
    return text === '' ? [] : [{ page, text }];
  });
}
