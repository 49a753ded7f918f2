import type { ReactNode } from 'react';

interface HighlightedProps {
  text: string;
  /** [start, end) UTF-16 offsets, in order and apart. */
  highlights: readonly (readonly [number, number])[];
}

/** A text with some stretches marked. */
export function Highlighted({ text, highlights }: HighlightedProps) {
  const parts: ReactNode[] = [];
  let at = 0;
  for (const [start, end] of highlights) {
    if (start < at) continue;
    parts.push(
      text.slice(at, start),
      <mark key={start} className="rounded-xs bg-accent-soft text-accent">
        {text.slice(start, end)}
      </mark>,
    );
    at = end;
  }
  parts.push(text.slice(at));
  return parts;
}
