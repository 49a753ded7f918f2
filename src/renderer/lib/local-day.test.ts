import { expect, it } from 'vitest';
import { addDays, daysFromTo, isLocalDay, localDayOf } from './local-day.ts';

it('counts days across months, leap days and changes of the clock', () => {
  expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  // The clocks go back on 2026-10-25 in Europe: a day of 25 hours is one day.
  expect(daysFromTo('2026-10-24', '2026-10-26')).toEqual(['2026-10-24', '2026-10-25', '2026-10-26']);
  expect(daysFromTo('2026-10-26', '2026-10-24')).toEqual([]);
});

it('knows which day an instant is on where the reader lives', () => {
  const instant = Date.parse('2026-11-23T15:30:00Z');
  expect(localDayOf(instant, 'Asia/Tokyo')).toBe('2026-11-24');
  expect(localDayOf(instant, 'America/Los_Angeles')).toBe('2026-11-23');
});

it.each(['2026-02-30', '2026-13-01', '26-01-01', '', '2026-1-1'])('does not take "%s" for a day', (text) => {
  expect(isLocalDay(text)).toBe(false);
});
