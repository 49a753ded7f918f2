import { useEffect, useRef } from 'react';
import { textHits } from './text-hits.ts';

/** Names of the marks, as `styles.css` paints them. */
const [everyHit, currentHit] = ['find', 'find-current'];
/** Frames after a jump in which blocks above a hit may still push it away: they get their height only once they are drawn. */
const settlingFrames = 30;

interface MarkedHits {
  readonly pattern: string | null;
  readonly messageIds: readonly string[];
  readonly currentId: string | null;
  /** The list is still on its way to a message. */
  readonly isJumping: boolean;
}

/**
 * Marks what was found in the messages that are drawn, and goes on doing so as others come into view. After each jump the
 * first hit of the current message is brought into view, where the message is longer than the window.
 */
export function useMarkedHits({ pattern, messageIds, currentId, isJumping }: MarkedHits): void {
  /** Frames in which the current hit is still brought into view. */
  const framesLeft = useRef(0);
  useEffect(() => {
    if (isJumping) framesLeft.current = settlingFrames;
    const list = document.querySelector('[data-message-list]');
    if (pattern === null || messageIds.length === 0 || list === null) return undefined;
    const found = new Set(messageIds);
    const expression = new RegExp(pattern, 'gu');
    let firstHit: Range | undefined;
    function mark(drawn: Iterable<HTMLElement>): void {
      const [every, current] = [new Highlight(), new Highlight()];
      firstHit = undefined;
      for (const message of drawn) {
        const { messageId = '' } = message.dataset;
        if (!found.has(messageId)) continue;
        const hits = textHits(message, expression);
        for (const hit of hits) (messageId === currentId ? current : every).add(hit);
        if (messageId === currentId) firstHit = hits[0];
      }
      CSS.highlights.set(everyHit, every);
      CSS.highlights.set(currentHit, current);
    }
    let settling = 0;
    function settle(): void {
      if (isJumping || framesLeft.current === 0) return;
      framesLeft.current -= 1;
      if (firstHit !== undefined && list !== null && !isWithin(firstHit, list)) {
        firstHit.startContainer.parentElement?.scrollIntoView({ block: 'center' });
      }
      settling = requestAnimationFrame(settle);
    }
    let frame = 0;
    function markSoon(): void {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => mark(list?.querySelectorAll<HTMLElement>('[data-message-id]') ?? []));
    }
    const observer = new MutationObserver(markSoon);
    observer.observe(list, { childList: true, characterData: true, subtree: true });
    markSoon();
    settle();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      cancelAnimationFrame(settling);
      CSS.highlights.delete(everyHit);
      CSS.highlights.delete(currentHit);
    };
  }, [pattern, messageIds, currentId, isJumping]);
}

/** A range that is not drawn has no height. */
function isWithin(hit: Range, list: Element): boolean {
  const [{ top, bottom, height }, view] = [hit.getBoundingClientRect(), list.getBoundingClientRect()];
  return height > 0 && top >= view.top && bottom <= view.bottom;
}
