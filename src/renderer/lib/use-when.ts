import { useEffect, useRef } from 'react';

/** A function whose promise resolves once the condition holds: at once where it does already. */
export function useWhen(condition: boolean): () => Promise<void> {
  const waiting = useRef<(() => void)[]>([]);
  useEffect(() => {
    if (!condition) return;
    for (const resolve of waiting.current.splice(0)) resolve();
  }, [condition]);
  return () => (condition ? Promise.resolve() : new Promise((resolve) => void waiting.current.push(resolve)));
}
