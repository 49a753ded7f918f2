import { useVirtualizer } from '@tanstack/react-virtual';
import {
  Fragment,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type CSSProperties,
  type ReactNode,
  type Ref,
  type RefObject,
} from 'react';

/** Up to here every row is drawn, so that the browser's own search finds all of them. */
const drawAllUpTo = 100;

/** Where a row goes. Its `<tr>` takes all of it as props. */
export interface RowPlacement {
  readonly ref?: Ref<HTMLTableRowElement>;
  readonly style?: CSSProperties;
  readonly 'data-index'?: number;
}

interface LongTableBodyProps {
  count: number;
  estimatedHeightPx: number;
  /** The element that scrolls. */
  scrollRef: RefObject<HTMLElement | null>;
  keyOf: (index: number) => string;
  /** Draws a row, a `<tr>` that is no table row to CSS (`grid` or `flex`). */
  children: (index: number, placement: RowPlacement) => ReactNode;
}

/** A `<tbody>` drawn whole while it is short, and only where it is in sight when it is long. Its table is `block`. */
export function LongTableBody(props: LongTableBodyProps) {
  const { count, keyOf, children } = props;
  if (count > drawAllUpTo) return <VirtualBody {...props} />;
  return (
    <tbody className="block [&>:last-child]:border-b-0">
      {Array.from({ length: count }, (_, index) => (
        <Fragment key={keyOf(index)}>{children(index, {})}</Fragment>
      ))}
    </tbody>
  );
}

/** The element that scrolls, once it is there: a table with cached rows is mounted together with it, and before it has its ref. */
function useScroller(scrollRef: RefObject<HTMLElement | null>): HTMLElement | null {
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  useEffect(() => setScroller(scrollRef.current), [scrollRef]);
  return scroller;
}

/** How far below the start of what scrolls the rows begin; what stands above may come and go. */
function useOffsetPx(scroller: HTMLElement | null, bodyRef: RefObject<HTMLElement | null>): number {
  const [offsetPx, setOffsetPx] = useState(0);
  useLayoutEffect(() => {
    const body = bodyRef.current;
    if (scroller === null || body === null) return;
    const measure = () => setOffsetPx(body.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop);
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    for (const child of scroller.children) observer.observe(child);
    measure();
    return () => observer.disconnect();
  }, [scroller, bodyRef]);
  return offsetPx;
}

function VirtualBody({ count, estimatedHeightPx, scrollRef, keyOf, children }: LongTableBodyProps) {
  const bodyRef = useRef<HTMLTableSectionElement>(null);
  const scroller = useScroller(scrollRef);
  const offsetPx = useOffsetPx(scroller, bodyRef);
  // oxlint-disable-next-line react/incompatible-library -- its result is used here only, never memoised
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller,
    estimateSize: () => estimatedHeightPx,
    getItemKey: keyOf,
    scrollMargin: offsetPx,
    overscan: 12,
  });
  return (
    <tbody ref={bodyRef} className="relative block" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, key, start }) => (
        <Fragment key={key}>
          {children(index, {
            ref: virtualizer.measureElement,
            'data-index': index,
            style: { position: 'absolute', insetInline: 0, top: 0, transform: `translateY(${start - offsetPx}px)` },
          })}
        </Fragment>
      ))}
    </tbody>
  );
}
