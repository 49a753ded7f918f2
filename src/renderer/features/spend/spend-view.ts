import { useMemo } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import type { Measure, Split } from '../../../shared/contract/spend.ts';
import { isLocalDay, type LocalDay } from '../../lib/local-day.ts';
import { rangeNames, type RangeChoice, type RangeName, type Unit } from './spend-range.ts';

export const splits: readonly Split[] = ['model', 'provider', 'purpose', 'conversation', 'folder', 'collection', 'document'];
export const measures: readonly Measure[] = ['cost', 'tokens', 'calls', 'speed', 'savings'];
const units: readonly Unit[] = ['day', 'week', 'month'];

/** What the page shows. It is in the address, so that Back leads from a message to the bar its call was found by. */
export interface SpendView {
  readonly range: RangeChoice;
  readonly split: Split;
  readonly measure: Measure;
  /** null: the usual one. */
  readonly unit: Unit | null;
  /** The bar whose calls are listed; null: those of the whole range. */
  readonly period: string | null;
  /** The part whose calls are listed, by its key; null: all of them. */
  readonly part: string | null;
  readonly withoutPrice: boolean;
}

function oneOf<T extends string>(values: readonly T[], text: string | null): T | null {
  return values.find((value) => value === text) ?? null;
}

/** Reads a period from an address. */
export function rangeIn(params: URLSearchParams, today: LocalDay): RangeChoice {
  const day = (name: string) => {
    const text = params.get(name) ?? '';
    return isLocalDay(text) ? text : today;
  };
  return { name: oneOf<RangeName>(rangeNames, params.get('range')) ?? 'month', from: day('from'), to: day('to') };
}

/** A period as an address has it. */
export function rangeFields({ name, from, to }: RangeChoice): Record<string, string> {
  return { range: name, ...(name === 'custom' ? { from, to } : {}) };
}

/** Reads a view from what stands behind `?`. What is missing or makes no sense is as it is at first. */
export function parseView(search: string, today: LocalDay): SpendView {
  const params = new URLSearchParams(search);
  const period = params.get('period');
  return {
    range: rangeIn(params, today),
    split: oneOf(splits, params.get('split')) ?? 'model',
    measure: oneOf(measures, params.get('measure')) ?? 'cost',
    unit: oneOf(units, params.get('unit')),
    period: period !== null && isLocalDay(period.length === 7 ? `${period}-01` : period) ? period : null,
    part: params.get('part'),
    withoutPrice: params.get('unpriced') === '1',
  };
}

/** The address of a view, with its `#`. */
export function hrefOfView({ range, split, measure, unit, period, part, withoutPrice }: SpendView): string {
  const fields = {
    ...rangeFields(range),
    split,
    measure,
    ...(unit === null ? {} : { unit }),
    ...(period === null ? {} : { period }),
    ...(part === null ? {} : { part }),
    ...(withoutPrice ? { unpriced: '1' } : {}),
  };
  return `#/spend?${new URLSearchParams(fields).toString()}`;
}

/** The view the address names, and ways to change it: `show` can be gone back from, `adjust` cannot. */
export function useSpendView(today: LocalDay) {
  const [location] = useHashLocation();
  const search = location.split('?', 2)[1] ?? '';
  return useMemo(() => {
    const view = parseView(search, today);
    return {
      view,
      adjust: (change: Partial<SpendView>) => window.location.replace(hrefOfView({ ...view, ...change })),
      show: (change: Partial<SpendView>) => {
        window.location.hash = hrefOfView({ ...view, ...change });
      },
    };
  }, [search, today]);
}
