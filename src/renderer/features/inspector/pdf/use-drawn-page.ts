import { useEffect, useRef, useState } from 'react';
import { useLatest } from '../../../lib/use-latest.ts';
import { drawPage, type DrawnPage } from './draw-page.ts';
import type { MarkedPassage, PdfProblem } from './marked-passage.ts';
import type { OpenPdf } from './open-document.ts';
import './pdf-page.css';

/** Longest wait for one page, in milliseconds; what takes longer is not a page but an attack or an accident. */
const drawDeadlineMs = 20_000;
/** Room left at the sides of a page, in CSS pixels. */
const gutterPx = 16;

interface DrawnPageOptions {
  readonly opened: OpenPdf;
  readonly page: number;
  readonly passage: MarkedPassage;
  readonly zoom: number | null;
  readonly onProblem: (problem: PdfProblem) => void;
}

/**
 * Keeps the page drawn at the width there is, and scrolls to the passage when its page comes. The page before stays until
 * the next one is ready, so that nothing flickers.
 */
export function useDrawnPage({ opened, page, passage, zoom, onProblem }: DrawnPageOptions) {
  const scrollerRef = useRef<HTMLElement>(null);
  const holderRef = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<DrawnSize | null>(null);
  const roomPx = useRoom(scrollerRef);
  const latest = useLatest({ passage, drawn, onProblem });

  useEffect(() => {
    if (roomPx === 0) return undefined;
    const leaving = new AbortController();
    const { passage: wanted } = latest.current;
    const isCited = page === wanted.page;
    const request = {
      pageNumber: page,
      roomPx,
      zoom,
      pixelRatio: devicePixelRatio,
      passage: isCited ? wanted : null,
      signal: leaving.signal,
    };
    async function draw(): Promise<void> {
      try {
        const result = await beforeDeadline(drawPage(opened.pdf, request), opened.failed, leaving);
        if (scrollerRef.current === null || holderRef.current === null) return;
        show(scrollerRef.current, holderRef.current, result, latest.current.drawn?.page === page);
        setDrawn({ page, roomPx, asked: zoom, zoom: result.zoom });
        if (isCited && result.marked.length === 0) latest.current.onProblem('unmatched');
      } catch {
        if (leaving.signal.reason !== left) latest.current.onProblem('unreadable');
      }
    }
    void draw();
    return () => leaving.abort(left);
  }, [opened, page, zoom, roomPx, latest]);

  const isDrawing = drawn?.page !== page || drawn.roomPx !== roomPx || drawn.asked !== zoom;
  return { scrollerRef, holderRef, isDrawing, drawnZoom: zoom ?? drawn?.zoom ?? 1 };
}

interface DrawnSize {
  readonly page: number;
  readonly roomPx: number;
  readonly asked: number | null;
  readonly zoom: number;
}

/** Why a drawing ended that nobody waits for any more. */
const left = new DOMException('Another page is wanted.', 'AbortError');

/** The page, unless it takes too long, its file cannot be read, or it is not wanted any more. */
async function beforeDeadline(drawing: Promise<DrawnPage>, failed: Promise<never>, leaving: AbortController): Promise<DrawnPage> {
  const tooLong = setTimeout(() => leaving.abort(new DOMException('The page took too long.', 'TimeoutError')), drawDeadlineMs);
  try {
    return await Promise.race([drawing, failed, whenAborted(leaving.signal)]);
  } finally {
    clearTimeout(tooLong);
  }
}

/** Puts a drawn page in place: at its passage, or where one was when it is the same page in another size. */
function show(scroller: HTMLElement, holder: HTMLElement, { element, marked, textLeftPx }: DrawnPage, isSamePage: boolean): void {
  const middle = (scroller.scrollTop + scroller.clientHeight / 2) / scroller.scrollHeight;
  holder.replaceChildren(element);
  if (isSamePage) scroller.scrollTop = middle * scroller.scrollHeight - scroller.clientHeight / 2;
  else if (marked[0] === undefined) scroller.scrollTop = 0;
  else marked[0].scrollIntoView({ block: 'center' });
  if (!isSamePage) scroller.scrollLeft = textLeftPx;
}

/** Width for a page, in CSS pixels; 0 until it is known. It follows a window that is resized once that rests. */
function useRoom(ref: React.RefObject<HTMLElement | null>): number {
  const [roomPx, setRoomPx] = useState(0);
  useEffect(() => {
    const element = ref.current;
    if (element === null) return undefined;
    let settling: ReturnType<typeof setTimeout> | undefined;
    // The border box: whether a scroll bar is there must not change the width that decides whether it is.
    const measure = (): void => setRoomPx(Math.max(0, element.offsetWidth - 2 * gutterPx));
    const observer = new ResizeObserver(() => {
      clearTimeout(settling);
      settling = setTimeout(measure, 120);
    });
    measure();
    observer.observe(element);
    return () => {
      clearTimeout(settling);
      observer.disconnect();
    };
  }, [ref]);
  return roomPx;
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
}
