import { describe, expect, it } from 'vitest';
import { dayCountOf, monthEndOf, spanOf, weekStartOf } from './day-span.ts';
import { localDayOf } from './local-day.ts';
import { projectMonth } from './project-month.ts';

const minute = 60_000;

describe('the day of a call', () => {
  it.each([
    ['UTC', '2026-11-24T00:00:00Z', '2026-11-24'],
    ['Asia/Tokyo', '2026-11-23T15:00:00Z', '2026-11-24'],
    // 45 minutes no other zone has.
    ['Asia/Kathmandu', '2026-11-23T18:15:00Z', '2026-11-24'],
    ['America/New_York', '2026-11-24T05:00:00Z', '2026-11-24'],
    // Clocks go forward at two in the morning of 8 March, and back on 1 November: 23 and 25 hours.
    ['America/New_York', '2026-03-08T05:00:00Z', '2026-03-08'],
    ['America/New_York', '2026-03-09T04:00:00Z', '2026-03-09'],
    ['America/New_York', '2026-11-01T04:00:00Z', '2026-11-01'],
    ['America/New_York', '2026-11-02T05:00:00Z', '2026-11-02'],
  ])('begins in %s at %s', (timeZone, begin, day) => {
    const at = Date.parse(begin);
    expect(localDayOf(at, timeZone)).toBe(day);
    expect(localDayOf(at + minute, timeZone)).toBe(day);
    expect(localDayOf(at - 1, timeZone)).toBe(new Date(Date.parse(`${day}T00:00:00Z`) - 1).toISOString().slice(0, 10));
  });

  it.each([
    ['2026-03-08', 23],
    ['2026-11-01', 25],
    ['2026-11-24', 24],
  ])('has every hour of %s in New York, of which there are %i', (day, hours) => {
    const from = Date.parse(`${day}T00:00:00Z`) - 12 * 60 * minute;
    const instants = Array.from({ length: 60 }, (_, hour) => from + hour * 60 * minute);
    expect(instants.filter((at) => localDayOf(at, 'America/New_York') === day)).toHaveLength(hours);
  });
});

describe('a stretch of days', () => {
  it.each([
    [
      { from: '2026-01-01', to: '2026-12-31' },
      { monthFrom: '2026-01', monthTo: '2026-12', headTo: '2025-12-31', tailFrom: '2027-01-01' },
    ],
    [
      { from: '2026-01-15', to: '2026-03-10' },
      { headTo: '2026-01-31', monthFrom: '2026-02', monthTo: '2026-02', tailFrom: '2026-03-01' },
    ],
    [
      { from: '2026-01-15', to: '2026-02-27' },
      { headFrom: '2026-01-15', headTo: '2026-02-27', monthFrom: '9', monthTo: '0' },
    ],
    [
      { from: '2024-02-01', to: '2024-02-29' },
      { monthFrom: '2024-02', monthTo: '2024-02' },
    ],
  ])('of %o is parted at months', (range, expected) => {
    expect(spanOf(range)).toMatchObject(expected);
  });

  it('has weeks that begin where the person is used to', () => {
    expect(['2026-11-22', '2026-11-23', '2026-11-24'].map((day) => weekStartOf(day, 1))).toEqual([
      '2026-11-16',
      '2026-11-23',
      '2026-11-23',
    ]);
    expect(['2026-11-21', '2026-11-22', '2026-11-24'].map((day) => weekStartOf(day, 7))).toEqual([
      '2026-11-15',
      '2026-11-22',
      '2026-11-22',
    ]);
  });

  it('counts its days over a change of clocks and to the end of a short month', () => {
    expect(dayCountOf({ from: '2026-03-01', to: '2026-03-31' })).toBe(31);
    expect(monthEndOf('2024-02-10')).toBe('2024-02-29');
    expect(monthEndOf('2026-12-31')).toBe('2026-12-31');
  });
});

describe('the projection of a month', () => {
  /** One dollar each day from the first, three on the day given. */
  const spent =
    (dearDay = '') =>
    (range: { from: string; to: string }) =>
      range.from > range.to ? 0 : 1e9 * (dayCountOf(range) + (dearDay >= range.from && dearDay <= range.to ? 2 : 0));

  it('goes on as the last 28 whole days did', () => {
    expect(projectMonth('2026-11-24', '2025-01-01', spent())).toEqual({ monthNanos: 30e9, perDayNanos: 1e9, basedOnDays: 28 });
    expect(projectMonth('2026-11-01', '2025-01-01', spent())).toMatchObject({ monthNanos: 30e9 });
    expect(projectMonth('2026-11-30', '2025-01-01', spent())).toMatchObject({ monthNanos: 30e9 });
  });

  it('counts a dear day as it was, and today for at least a mean day', () => {
    expect(projectMonth('2026-11-24', '2026-11-01', spent('2026-11-24'))).toMatchObject({ monthNanos: 32e9, basedOnDays: 23 });
    const nothingToday = (range: { from: string; to: string }) => spent()(range) - (range.to === '2026-11-24' ? 1e9 : 0);
    expect(projectMonth('2026-11-24', '2026-11-01', nothingToday)).toMatchObject({ monthNanos: 30e9 });
  });

  it('is not made from less than three whole days', () => {
    expect(projectMonth('2026-11-24', '2026-11-22', spent())).toBeNull();
    expect(projectMonth('2026-11-24', null, spent())).toBeNull();
    expect(projectMonth('2026-11-24', '2026-11-21', spent())).not.toBeNull();
  });
});
