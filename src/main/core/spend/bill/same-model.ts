import { withoutSnapshotDate } from '../prices/rates.ts';

/**
 * What names of the same model have in common, on a bill and in a reply: no date of a snapshot, no variant (`:free`), and the words
 * in any order, since OpenRouter's bills say `anthropic/claude-4.5-sonnet-20250929` for `anthropic/claude-sonnet-4.5`.
 */
export function modelKey(name: string): string {
  const whole = name.trim().toLowerCase();
  // A fine-tuned model's name has colons of its own.
  const plain = whole.startsWith('ft:') ? whole : whole.replace(/:.*$/u, '');
  return withoutSnapshotDate(plain)
    .split('/')
    .map((part) => part.split('-').toSorted().join('-'))
    .join('/');
}
