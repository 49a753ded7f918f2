/** Days as YYYY-MM-DD, both included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** A stretch of days as the whole months in it and the days before and after them. An empty stretch ends before it begins. */
export interface DaySpan {
  readonly headFrom: string;
  readonly headTo: string;
  readonly monthFrom: string;
  readonly monthTo: string;
  readonly tailFrom: string;
  readonly tailTo: string;
}

const msPerDay = 86_400_000;

/** The day `count` days later. Through UTC, where every day has 24 hours. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * msPerDay).toISOString().slice(0, 10);
}

/** The first day of the month after a day's. */
function nextMonthStart(day: string): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}

/** The last day of a day's month. */
export function monthEndOf(day: string): string {
  return addDays(nextMonthStart(day), -1);
}

/** How many days there are from one to another, both included. */
export function dayCountOf({ from, to }: DayRange): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / msPerDay) + 1;
}

/** The first day of a day's week. `weekStartsOn` from 1 (Monday) to 7 (Sunday). */
export function weekStartOf(day: string, weekStartsOn: number): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday - weekStartsOn + 7) % 7));
}

/** Parts a stretch of days so that months can be summed from sums of months. */
export function spanOf({ from, to }: DayRange): DaySpan {
  const firstWhole = from.endsWith('-01') ? from : nextMonthStart(from);
  const lastWhole = to === monthEndOf(to) ? to : addDays(`${to.slice(0, 7)}-01`, -1);
  if (firstWhole > lastWhole) return { headFrom: from, headTo: to, monthFrom: '9', monthTo: '0', tailFrom: '9', tailTo: '0' };
  return {
    headFrom: from,
    headTo: addDays(firstWhole, -1),
    monthFrom: firstWhole.slice(0, 7),
    monthTo: lastWhole.slice(0, 7),
    tailFrom: addDays(lastWhole, 1),
    tailTo: to,
  };
}
