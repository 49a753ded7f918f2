import { useEffect, useRef } from 'react';
import { textHits } from './text-hits.ts';

/** Names of the marks, as `styles.css` paints them. */
const [everyHit, currentHit] = ['find', 'find-current'];

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
  const hasJumped = useRef(false);
  useEffect(() => {
    if (isJumping) hasJumped.current = true;
    const list = document.querySelector('[data-message-list]');
    if (pattern === null || messageIds.length === 0 || list === null) return undefined;
    const found = new Set(messageIds);
    const expression = new RegExp(pattern, 'gu');
    function mark(drawn: Iterable<HTMLElement>): void {
      const [every, current] = [new Highlight(), new Highlight()];
      for (const message of drawn) {
        const { messageId = '' } = message.dataset;
        if (!found.has(messageId)) continue;
        for (const range of textHits(message, expression)) (messageId === currentId ? current : every).add(range);
      }
      CSS.highlights.set(everyHit, every);
      CSS.highlights.set(currentHit, current);
      const [first] = current;
      if (isJumping || !hasJumped.current || first === undefined) return;
      hasJumped.current = false;
      first.startContainer.parentElement?.scrollIntoView({ block: 'nearest' });
    }
    let frame = 0;
    function markSoon(): void {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => mark(list?.querySelectorAll<HTMLElement>('[data-message-id]') ?? []));
    }
    const observer = new MutationObserver(markSoon);
    observer.observe(list, { childList: true, characterData: true, subtree: true });
    markSoon();
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      CSS.highlights.delete(everyHit);
      CSS.highlights.delete(currentHit);
    };
  }, [pattern, messageIds, currentId, isJumping]);
}
