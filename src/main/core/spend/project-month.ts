import { addDays, dayCountOf, monthEndOf, type DayRange } from './day-span.ts';
import { monthStartOf } from './local-day.ts';

/** What is looked back on; whole weeks, since weekends differ. */
const lookBackDays = 28;
/** Fewer whole days say nothing about a month. */
const fewestDays = 3;

export interface Projection {
  readonly monthNanos: number;
  readonly perDayNanos: number;
  readonly basedOnDays: number;
}

/**
 * What a month will have cost if it goes on as the last 28 whole days did (fewer where the first call was later): what is spent,
 * and a mean day for each day to come. Today counts as a mean day, or as what it has cost where that is more.
 * `costNanosOf` sums the days from one to another. null while there are fewer than three whole days.
 */
export function projectMonth(today: string, firstDay: string | null, costNanosOf: (range: DayRange) => number): Projection | null {
  if (firstDay === null || firstDay >= today) return null;
  const earliest = addDays(today, -lookBackDays);
  const past = { from: firstDay > earliest ? firstDay : earliest, to: addDays(today, -1) };
  const basedOnDays = dayCountOf(past);
  if (basedOnDays < fewestDays) return null;
  const perDayNanos = Math.round(costNanosOf(past) / basedOnDays);
  const isFirst = today === monthStartOf(today);
  const before = isFirst ? 0 : costNanosOf({ from: monthStartOf(today), to: past.to });
  const todayNanos = costNanosOf({ from: today, to: today });
  const daysToCome = dayCountOf({ from: today, to: monthEndOf(today) }) - 1;
  return { monthNanos: before + Math.max(todayNanos, perDayNanos) + daysToCome * perDayNanos, perDayNanos, basedOnDays };
}
