import { useState } from 'react';

const prefix = 'tally.draft.';

function read(key: string): string {
  return localStorage.getItem(prefix + key) ?? '';
}

function write(key: string, text: string): void {
  try {
    if (text === '') localStorage.removeItem(prefix + key);
    else localStorage.setItem(prefix + key, text);
  } catch {
    // The browser's store is full: the draft lives as long as the page.
  }
}

/** The text being written for a conversation; it survives a reload. Remount the component when `key` changes. */
export function useDraft(key: string): [string, (text: string) => void] {
  const [text, setText] = useState(() => read(key));
  return [
    text,
    (next) => {
      setText(next);
      write(key, next);
    },
  ];
}
