/** What messages and thoughts scroll in. */
const scrollerSelector = '[data-message-list], [data-thoughts]';
/** How far from what is in view something still is near it: a window's height. */
const margin = '100% 0px';

type Listener = (entry: IntersectionObserverEntry) => void;

interface Watch {
  readonly observer: IntersectionObserver;
  readonly listeners: Map<Element, Listener>;
}

/** One observer for all that scrolls together. */
const watches = new WeakMap<Element, Watch>();

function watchIn(scroller: Element): Watch {
  const known = watches.get(scroller);
  if (known !== undefined) return known;
  const listeners = new Map<Element, Listener>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) listeners.get(entry.target)?.(entry);
    },
    { root: scroller, rootMargin: margin },
  );
  const watch = { observer, listeners };
  watches.set(scroller, watch);
  return watch;
}

/** What an element of an answer scrolls in; null where nothing does. */
export function scrollerOf(element: Element): Element | null {
  return element.closest(scrollerSelector);
}

/** Calls back when the element comes near to what is in view, and when it leaves, until the returned function is called. */
export function watchNearView(element: Element, scroller: Element, listener: Listener): () => void {
  const { observer, listeners } = watchIn(scroller);
  listeners.set(element, listener);
  observer.observe(element);
  return () => {
    listeners.delete(element);
    observer.unobserve(element);
  };
}
