import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/format.ts';
import type { LocalDay } from '../../lib/local-day.ts';
import { daysOfPeriod, type DayRange, type Unit } from './spend-range.ts';

export interface PeriodText {
  /** Under the chart: `Nov 3`, `Nov 2026`. */
  readonly short: (period: string) => string;
  /** In full: `Monday, November 3, 2026`, `Nov 2 – Nov 8`, `November 2026`. */
  readonly long: (period: string) => string;
}

/** How periods of a unit are written; weeks at the ends of a range with the days that are in it. */
export function usePeriodText(unit: Unit, range: DayRange, today: LocalDay): PeriodText {
  const { i18n } = useTranslation();
  const format = useFormat();
  const month = (style: 'short' | 'long') => (period: string) =>
    new Intl.DateTimeFormat(i18n.language, { month: style, year: 'numeric', timeZone: 'UTC' }).format(new Date(`${period}-01T00:00:00Z`));
  if (unit === 'month') return { short: month('short'), long: month('long') };
  const short = (period: string) => format.day(period, today);
  if (unit === 'day') return { short, long: format.longDay };
  const long = (period: string) => {
    const { from, to } = daysOfPeriod(period, 'week', range);
    return from === to ? format.day(from, today) : `${format.day(from, today)} – ${format.day(to, today)}`;
  };
  return { short, long };
}
