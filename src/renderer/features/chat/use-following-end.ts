import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  type WheelEvent,
} from 'react';

/** Closer to the end than this counts as reading along, in pixels. */
export const endThresholdPx = 64;

const keysUp: ReadonlySet<string> = new Set(['ArrowUp', 'PageUp', 'Home']);

/**
 * Keeps a list at its end for as long as its reader is there. Someone leaves by wheel, keys, touch, scroll bar or a jump, never because
 * the end moves on: what grows between two frames, by however much, is followed, and what the list itself scrolls is no one's leaving.
 */
export function useFollowingEnd(scrollRef: RefObject<HTMLElement | null>, scrollToEnd: () => void) {
  const [isAway, setIsAway] = useState(false);
  const follows = useRef(true);
  const lastTopPx = useRef(0);

  const note = useCallback(() => {
    const scroller = scrollRef.current;
    if (scroller === null) return;
    const { scrollTop: topPx } = scroller;
    const isAtEnd = scroller.scrollHeight - scroller.clientHeight - topPx <= endThresholdPx;
    if (topPx >= lastTopPx.current) follows.current ||= isAtEnd;
    lastTopPx.current = topPx;
    setIsAway(!follows.current && !isAtEnd);
  }, [scrollRef]);

  const leave = useCallback(() => {
    follows.current = false;
    // Where there was nowhere to go, nobody has left.
    requestAnimationFrame(() => requestAnimationFrame(note));
  }, [note]);

  useEffect(() => {
    const [scroller, content] = [scrollRef.current, scrollRef.current?.firstElementChild ?? null];
    if (scroller === null || content === null) return undefined;
    const observer = new ResizeObserver(() => {
      // What was scrolled in this frame is told of only in the next.
      note();
      if (follows.current && scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop > 1) scrollToEnd();
    });
    // The composer grows and banners come, too.
    observer.observe(scroller);
    observer.observe(content);
    return () => observer.disconnect();
  }, [scrollRef, scrollToEnd, note]);

  const scrollProps = {
    onScroll: note,
    // Tab goes to what lies further up, too.
    onFocus: ({ target, currentTarget }: FocusEvent) => target !== currentTarget && leave(),
    onWheel: ({ deltaY }: WheelEvent) => deltaY < 0 && leave(),
    onTouchMove: leave,
    onKeyDown: ({ key, shiftKey }: KeyboardEvent) => (keysUp.has(key) || (key === ' ' && shiftKey)) && leave(),
    // Its scroll bar, and the middle button, which scrolls as the pointer moves.
    onPointerDown: ({ nativeEvent, currentTarget, target, button }: PointerEvent) =>
      (button === 1 || (target === currentTarget && nativeEvent.offsetX >= currentTarget.clientWidth)) && leave(),
  };
  return { isAway, leave, scrollProps };
}
