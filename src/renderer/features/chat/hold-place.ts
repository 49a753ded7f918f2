import type { Virtualizer } from '@tanstack/react-virtual';

/**
 * Holds the reader's place when a message grows above it: the list moves by as much, at once. By itself it takes what grows
 * in a message that is in view for growing below. At its end the list stays there by itself. `grown` is or lies in an item.
 */
export function holdPlace(list: Virtualizer<HTMLDivElement, Element>, grown: Element, deltaPx: number): void {
  const index = Number(grown.closest<HTMLElement>('[data-index]')?.dataset['index']);
  const [item, scroller] = [list.measurementsCache[index], list.scrollElement];
  if (item === undefined || scroller === null || list.isAtEnd()) return;
  list.shouldAdjustScrollPositionOnItemSizeChange = () => false;
  list.resizeItem(index, (list.itemSizeCache.get(item.key) ?? item.size) + deltaPx);
  list.shouldAdjustScrollPositionOnItemSizeChange = undefined;
  // From where it is: the list may not have heard yet how far somebody has just scrolled.
  scroller.scrollTop += deltaPx;
}
