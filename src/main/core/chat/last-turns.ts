import type { Turn } from './prompt.ts';

/** The last `count` turns, a question with what follows it being one; all of them for null. */
export function lastTurns<T extends Turn>(turns: readonly T[], count: number | null): readonly T[] {
  if (count === null) return turns;
  const starts = turns.flatMap(({ role }, index) => (role === 'user' ? [index] : []));
  return starts.length <= count ? turns : turns.slice(count === 0 ? turns.length : starts.at(-count));
}
