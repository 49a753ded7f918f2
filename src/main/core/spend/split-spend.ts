import { addTotals, emptyTotal } from '../../../shared/amount.ts';
import type { SpendMeasures, SpendPart, SpendSplit, Split, spend } from '../../../shared/contract/spend.ts';
import type { ParsedInputOf } from '../../../shared/rpc/define.ts';
import { monthEndOf, weekStartOf, type DayRange } from './day-span.ts';
import { isNamed, type PartNames } from './part-names.ts';
import type { AnySplit, PeriodSum, ProviderName, SumQueries } from './sum-queries.ts';

/** Colours that can be told apart, less the one for all the smaller parts together. */
const maxSeries = 7;
/** Parts that are named; the others are in the total. */
const maxParts = 50;

export interface SplitDeps {
  readonly sums: SumQueries;
  readonly namesOf: PartNames;
}

type SplitQuery = ParsedInputOf<(typeof spend)['spend.split']>;

const emptyMeasures: SpendMeasures = {
  total: emptyTotal,
  inputTokens: 0,
  cacheReadTokens: 0,
  cacheWriteTokens: 0,
  outputTokens: 0,
  reasoningTokens: 0,
  savedNanos: 0,
  durationMs: 0,
  timedOutputTokens: 0,
  timedMs: 0,
};

/**
 * Spend of some days, split, and by period. Bars are made of the largest parts; the smaller ones are what is left of the
 * period's total, so that every bar adds up whatever the number of parts.
 */
export function splitSpend({ sums, namesOf }: SplitDeps, query: SplitQuery): SpendSplit {
  const range = withoutEmptyStart(query, sums.firstDay());
  const total = sums.sumsOf('all', [''], range).get('') ?? emptyMeasures;
  const none = sums.sumsOf(query.split, [''], range).get('') ?? emptyMeasures;
  // One more than is named tells whether there are others.
  const top = sums.topKeys(query.split, range, query.measure, maxParts + 1);
  const keys = top.slice(0, maxParts);
  const found = sums.sumsOf(query.split, keys, range);
  const describe = partDescriber(query.split, keys, sums.providers(), namesOf);
  const parts = keys.map((key) => ({ ...describe(key), measures: found.get(key) ?? emptyMeasures }));
  // A last colour is better spent on a part than on "others" that are a single one.
  const seriesCount = keys.length === maxSeries + 1 ? keys.length : Math.min(maxSeries, keys.length);
  const bars = barsOf(sums, query, range, keys.slice(0, seriesCount), keys.length > seriesCount);
  return { ...range, total, none, parts, hasMore: top.length > keys.length, seriesCount, bars };
}

/** All time begins with the first call. */
export function withoutEmptyStart({ from, to }: DayRange, firstDay: string | null): DayRange {
  return firstDay !== null && firstDay > from && firstDay <= to ? { from: firstDay, to } : { from, to };
}

function partDescriber(split: Split, keys: readonly string[], providers: ReadonlyMap<string, ProviderName>, namesOf: SplitDeps['namesOf']) {
  const nothing = { name: null, providerName: null, providerKind: null };
  const ofProvider = (id: string) => ({ providerName: providers.get(id)?.name ?? null, providerKind: providers.get(id)?.kind ?? null });
  const describers: Readonly<Record<Split, (key: string) => Omit<SpendPart, 'key' | 'measures'>>> = {
    model: (key) => ({ name: key.slice(key.indexOf('/') + 1), ...ofProvider(key.slice(0, key.indexOf('/'))) }),
    provider: (key) => ({ name: providers.get(key)?.name ?? null, ...ofProvider(key) }),
    purpose: () => nothing,
    conversation: (key) => ({ ...nothing, name: names.get(key) ?? null }),
    folder: (key) => ({ ...nothing, name: names.get(key) ?? null }),
    collection: (key) => ({ ...nothing, name: names.get(key) ?? null }),
    document: (key) => ({ ...nothing, name: names.get(key) ?? null }),
  };
  const names = isNamed(split) ? namesOf(split, keys) : new Map<string, string>();
  return (key: string) => ({ key, ...describers[split](key) });
}

function barsOf(sums: SumQueries, { split, unit, weekStartsOn }: SplitQuery, range: DayRange, keys: readonly string[], hasRest: boolean) {
  const periodOf = (day: string) => periodOfDay(day, unit, weekStartsOn);
  const cells = (of: AnySplit, wanted: readonly string[]) => byPeriod(cellsIn(sums, of, wanted, range, unit), periodOf);
  const pieces = cells(split, keys);
  const totals = cells('all', ['']);
  const none = hasRest ? cells(split, ['']) : new Map<string, Map<string, SpendMeasures>>();
  return [...totals.entries()]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([period, all]) => {
      const found = pieces.get(period);
      const total = all.get('') ?? emptyMeasures;
      const shown = keys.flatMap((key, index) => {
        const measures = found?.get(key);
        return measures === undefined ? [] : [{ index, measures }];
      });
      const others = [...shown.map(({ measures }) => measures), none.get(period)?.get('') ?? emptyMeasures];
      const rest = hasRest ? others.reduce(subtract, total) : emptyMeasures;
      return { period, total, pieces: shown, rest: rest.total.callCount === 0 ? null : rest };
    });
}

/** The period a day lies in, by its name. */
export function periodOfDay(day: string, unit: SplitQuery['unit'], weekStartsOn: number): string {
  return unit === 'month' ? day.slice(0, 7) : unit === 'week' ? weekStartOf(day, weekStartsOn) : day;
}

/** Sums of these keys by day, or by month: those from sums of months, the first and the last from their days, unless they are whole. */
export function cellsIn(
  sums: SumQueries,
  split: AnySplit,
  keys: readonly string[],
  range: DayRange,
  unit: SplitQuery['unit'],
): PeriodSum[] {
  if (keys.length === 0) return [];
  if (unit !== 'month') return sums.cellsOf(split, keys, range, 'day');
  const [first, last] = [range.from.slice(0, 7), range.to.slice(0, 7)];
  const days = (from: string, to: string) => sums.cellsOf(split, keys, { from, to }, 'day');
  if (first === last) return days(range.from, range.to);
  const isWhole = (month: string) => month > first && month < last;
  return [
    ...days(range.from, monthEndOf(range.from)),
    ...sums.cellsOf(split, keys, range, 'month').filter(({ period }) => isWhole(period)),
    ...days(`${last}-01`, range.to),
  ];
}

function byPeriod(cells: readonly PeriodSum[], periodOf: (day: string) => string): Map<string, Map<string, SpendMeasures>> {
  const periods = new Map<string, Map<string, SpendMeasures>>();
  for (const { period, key, measures } of cells) {
    const name = period.length === 7 ? period : periodOf(period);
    const keys = periods.get(name) ?? new Map<string, SpendMeasures>();
    periods.set(name, keys);
    keys.set(key, add(keys.get(key) ?? emptyMeasures, measures));
  }
  return periods;
}

function combine(a: SpendMeasures, b: SpendMeasures, sign: 1 | -1): SpendMeasures {
  const signed = (total: SpendMeasures['total']): SpendMeasures['total'] =>
    sign === 1
      ? total
      : {
          costNanos: -total.costNanos,
          exactNanos: -total.exactNanos,
          callCount: -total.callCount,
          estimatedCount: -total.estimatedCount,
          lowerBoundCount: -total.lowerBoundCount,
          noPriceCount: -total.noPriceCount,
          freeCount: -total.freeCount,
        };
  return {
    total: addTotals(a.total, signed(b.total)),
    inputTokens: a.inputTokens + sign * b.inputTokens,
    cacheReadTokens: a.cacheReadTokens + sign * b.cacheReadTokens,
    cacheWriteTokens: a.cacheWriteTokens + sign * b.cacheWriteTokens,
    outputTokens: a.outputTokens + sign * b.outputTokens,
    reasoningTokens: a.reasoningTokens + sign * b.reasoningTokens,
    savedNanos: a.savedNanos + sign * b.savedNanos,
    durationMs: a.durationMs + sign * b.durationMs,
    timedOutputTokens: a.timedOutputTokens + sign * b.timedOutputTokens,
    timedMs: a.timedMs + sign * b.timedMs,
  };
}

function add(a: SpendMeasures, b: SpendMeasures): SpendMeasures {
  return combine(a, b, 1);
}

function subtract(a: SpendMeasures, b: SpendMeasures): SpendMeasures {
  return combine(a, b, -1);
}
