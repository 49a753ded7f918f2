import { useSyncExternalStore } from 'react';

let isPrinting = false;

/** Whether the page is being put on paper, where nothing is out of sight. */
export function useIsPrinting(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isPrinting,
    () => false,
  );
}

function subscribe(listener: () => void): () => void {
  const handlePrint = ({ type }: Event): void => {
    isPrinting = type === 'beforeprint';
    listener();
  };
  addEventListener('beforeprint', handlePrint);
  addEventListener('afterprint', handlePrint);
  return () => {
    removeEventListener('beforeprint', handlePrint);
    removeEventListener('afterprint', handlePrint);
  };
}
