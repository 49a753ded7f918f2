import type { SpendSplit } from '../../../shared/contract/spend.ts';
import { addDays, daysFromTo, isLocalDay, type LocalDay } from '../../lib/local-day.ts';

export const rangeNames = ['today', 'week', 'month', 'year', 'all', 'custom'] as const;
export type RangeName = (typeof rangeNames)[number];

/** What a bar stands for. */
export type Unit = 'day' | 'week' | 'month';

/** A period as chosen. `from` and `to` matter only for `custom`. */
export interface RangeChoice {
  readonly name: RangeName;
  readonly from: LocalDay;
  readonly to: LocalDay;
}

/** Both days included. */
export interface DayRange {
  readonly from: LocalDay;
  readonly to: LocalDay;
}

/** The calendar the page goes by. */
export interface Calendar {
  readonly today: LocalDay;
  /** 1 (Monday) to 7 (Sunday). */
  readonly weekStartsOn: number;
  /** Of the first call; null without any. */
  readonly firstDay: LocalDay | null;
}

/** More bars than this cannot be told apart. */
const maxBars = 190;
const daysIn: Readonly<Record<Unit, number>> = { day: 1, week: 7, month: 30 };

/** The first weekday of a language's readers, 1 (Monday) to 7; Monday where the browser does not say. */
export function weekStartOfLocale(locale: string): number {
  const info: unknown =
    'getWeekInfo' in Intl.Locale.prototype
      ? Reflect.apply(Reflect.get(Intl.Locale.prototype, 'getWeekInfo'), new Intl.Locale(locale), [])
      : null;
  const firstDay: unknown = typeof info === 'object' && info !== null ? Reflect.get(info, 'firstDay') : null;
  return typeof firstDay === 'number' && firstDay >= 1 && firstDay <= 7 ? firstDay : 1;
}

/** The first day of a day's week. */
export function weekStartOf(day: LocalDay, weekStartsOn: number): LocalDay {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return addDays(day, -((weekday - weekStartsOn + 7) % 7));
}

/** The last day of a day's month. */
export function monthEndOf(day: LocalDay): LocalDay {
  return addDays(`${addDays(`${day.slice(0, 7)}-28`, 4).slice(0, 7)}-01`, -1);
}

/** The days of a choice; null while a custom one makes no sense. */
export function daysOf(choice: RangeChoice, { today, weekStartsOn, firstDay }: Calendar): DayRange | null {
  switch (choice.name) {
    case 'today':
      return { from: today, to: today };
    case 'week':
      return { from: weekStartOf(today, weekStartsOn), to: today };
    case 'month':
      return { from: `${today.slice(0, 7)}-01`, to: today };
    case 'year':
      return { from: addDays(today, -364), to: today };
    case 'all':
      return { from: firstDay ?? today, to: today };
    case 'custom':
      return isLocalDay(choice.from) && isLocalDay(choice.to) && choice.from <= choice.to ? { from: choice.from, to: choice.to } : null;
  }
}

/** The units that make a readable chart of these days, finest first. */
export function unitsFor({ from, to }: DayRange): Unit[] {
  const dayCount = daysFromTo(from, to).length;
  const units: readonly Unit[] = ['day', 'week', 'month'];
  // A bar for each week of one week says nothing.
  return units.filter((unit) => dayCount / daysIn[unit] <= maxBars && (unit === 'day' || dayCount > daysIn[unit]));
}

/** The unit a chart of these days begins with: the finest one with at most two months of bars. */
export function usualUnit(range: DayRange): Unit {
  const dayCount = daysFromTo(range.from, range.to).length;
  const units = unitsFor(range);
  return units.find((unit) => dayCount / daysIn[unit] <= 62) ?? units.at(-1) ?? 'day';
}

/** The bars of these days, with or without calls: days, first days of weeks, or months. */
export function periodsOf({ from, to }: DayRange, unit: Unit, weekStartsOn: number): string[] {
  const periodOf = (day: LocalDay) => (unit === 'month' ? day.slice(0, 7) : unit === 'week' ? weekStartOf(day, weekStartsOn) : day);
  return [...new Set(daysFromTo(from, to).map(periodOf))];
}

/** The days of a bar that lie in a range. */
export function daysOfPeriod(period: string, unit: Unit, range: DayRange): DayRange {
  const first = period.length === 7 ? `${period}-01` : period;
  const last = unit === 'month' ? monthEndOf(first) : unit === 'week' ? addDays(first, 6) : first;
  return { from: first < range.from ? range.from : first, to: last > range.to ? range.to : last };
}

/** The bar that is not over yet, if the chart has it. */
export function runningPeriod(split: Pick<SpendSplit, 'to'>, unit: Unit, { today, weekStartsOn }: Calendar): string | null {
  if (split.to < today) return null;
  return unit === 'month' ? today.slice(0, 7) : unit === 'week' ? weekStartOf(today, weekStartsOn) : today;
}
