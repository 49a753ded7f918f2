/** A calendar day, YYYY-MM-DD. Arithmetic on days goes through UTC, where every day has 24 hours. */
export type LocalDay = string;

const msPerDay = 86_400_000;

function utcMsOf(day: LocalDay): number {
  return Date.parse(`${day}T00:00:00Z`);
}

/** The calendar day of an instant (epoch milliseconds) in a time zone (IANA name). */
export function localDayOf(epochMs: number, timeZone: string): LocalDay {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', year: 'numeric', month: '2-digit', day: '2-digit' });
  const parts = new Map(format.formatToParts(epochMs).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
}

/** The day `count` days later (earlier when negative). */
export function addDays(day: LocalDay, count: number): LocalDay {
  return new Date(utcMsOf(day) + count * msPerDay).toISOString().slice(0, 10);
}

/** Every day from `from` to `to`, both included; none when they are the wrong way round. */
export function daysFromTo(from: LocalDay, to: LocalDay): LocalDay[] {
  const count = Math.round((utcMsOf(to) - utcMsOf(from)) / msPerDay) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => addDays(from, index));
}

/** Whether a text is a day of the calendar: `2026-02-30` is not. */
export function isLocalDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utcMsOf(text)) && addDays(text, 0) === text;
}
