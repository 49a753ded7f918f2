import { useMemo } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';
import type { LocalDay } from '../../../lib/local-day.ts';
import type { RangeChoice } from '../spend-range.ts';
import { rangeFields, rangeIn } from '../spend-view.ts';

/** What the page shows. It is in the address, so that a reload and the way back keep it. */
export interface WhatIfView {
  readonly range: RangeChoice;
  /** Whose prices are taken, as `targetOptions` names it; null: none is chosen. */
  readonly target: string | null;
}

/** Reads a view from what stands behind `?`. */
export function parseWhatIfView(search: string, today: LocalDay): WhatIfView {
  const params = new URLSearchParams(search);
  return { range: rangeIn(params, today), target: params.get('with') };
}

/** The address of a view, with its `#`. */
export function hrefOfWhatIf({ range, target }: WhatIfView): string {
  const fields = { ...rangeFields(range), ...(target === null ? {} : { with: target }) };
  return `#/spend/whatIf?${new URLSearchParams(fields).toString()}`;
}

/** The view the address names, and a way to change it that leaves no step behind. */
export function useWhatIfView(today: LocalDay) {
  const [location] = useHashLocation();
  const search = location.split('?', 2)[1] ?? '';
  return useMemo(() => {
    const view = parseWhatIfView(search, today);
    return { view, change: (next: Partial<WhatIfView>) => window.location.replace(hrefOfWhatIf({ ...view, ...next })) };
  }, [search, today]);
}
