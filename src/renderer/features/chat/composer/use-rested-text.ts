import { useEffect, useState } from 'react';

/** How long typing has to rest before the core is asked. */
const restMs = 150;

/** The text as it was when typing last rested. That everything was deleted, or sent, is known at once. */
export function useRestedText(text: string): string {
  const [rested, setRested] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), text === '' ? 0 : restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return text === '' ? '' : rested;
}
