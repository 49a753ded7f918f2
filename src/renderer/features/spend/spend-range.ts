import { addDays, isLocalDay, type LocalDay } from '../../lib/local-day.ts';

export const rangeNames = ['today', 'week', 'days30', 'month', 'all', 'custom'] as const;
export type RangeName = (typeof rangeNames)[number];

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

/** Before any call Tally can have made. */
const beginning: LocalDay = '2020-01-01';

/** The days of a choice; null while a custom one makes no sense. */
export function daysOf(choice: RangeChoice, today: LocalDay): DayRange | null {
  switch (choice.name) {
    case 'today':
      return { from: today, to: today };
    case 'week':
      return { from: addDays(today, -6), to: today };
    case 'days30':
      return { from: addDays(today, -29), to: today };
    case 'month':
      return { from: `${today.slice(0, 7)}-01`, to: today };
    case 'all':
      return { from: beginning, to: today };
    case 'custom':
      return isLocalDay(choice.from) && isLocalDay(choice.to) && choice.from <= choice.to ? { from: choice.from, to: choice.to } : null;
  }
}
