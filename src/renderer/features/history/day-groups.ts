export type DayGroup = 'today' | 'yesterday' | 'week' | 'month' | 'older';

/** Midnight that began the local day of an instant, `daysBack` days earlier. */
function startOfDay(epochMs: number, daysBack: number): number {
  const date = new Date(epochMs);
  // Through the calendar, not by 24 hours: a day with a clock change has 23 or 25.
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - daysBack).getTime();
}

/** Where in the list a conversation last changed at `updatedAt` belongs. */
export function groupOf(updatedAt: number, nowMs: number): DayGroup {
  if (updatedAt >= startOfDay(nowMs, 0)) return 'today';
  if (updatedAt >= startOfDay(nowMs, 1)) return 'yesterday';
  if (updatedAt >= startOfDay(nowMs, 7)) return 'week';
  return updatedAt >= startOfDay(nowMs, 30) ? 'month' : 'older';
}
