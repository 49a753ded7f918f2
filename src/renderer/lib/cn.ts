import { type ClassValue, clsx } from 'clsx';
import { extendTailwindMerge } from 'tailwind-merge';

// Our own utilities and colours count as what they are, so that a later class of the same kind wins.
const merge = extendTailwindMerge({
  extend: {
    theme: {
      color: [
        'canvas',
        'sunken',
        'raised',
        'hover',
        'active',
        'chosen',
        'line',
        'line-strong',
        'ink',
        'muted',
        'faint',
        'accent',
        'on-accent',
      ],
      shadow: ['popup'],
    },
  },
});

/** Joins class names; of two Tailwind classes that set the same thing the later one stays. */
export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes));
}
