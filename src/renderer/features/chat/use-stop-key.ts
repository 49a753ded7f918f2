import { useEffect } from 'react';

/** Calls `onStop` on Escape, unless the key belongs to something that is open above the page. */
export function useStopKey(onStop: (() => void) | undefined): void {
  useEffect(() => {
    if (onStop === undefined) return undefined;
    function handleKeyDown(event: KeyboardEvent): void {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      const isInPopup = event.target instanceof Element && event.target.closest('[role=dialog],[role=menu],[role=listbox]') !== null;
      if (isInPopup || event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      onStop?.();
    }
    document.addEventListener('keydown', handleKeyDown);
    return () => document.removeEventListener('keydown', handleKeyDown);
  }, [onStop]);
}
