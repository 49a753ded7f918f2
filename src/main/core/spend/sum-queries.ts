import type { AmountTotal } from '../../../shared/amount.ts';
import { emptyTotal } from '../../../shared/amount.ts';
import type { Measure, SpendMeasures, Split } from '../../../shared/contract/spend.ts';
import type { ProviderKind } from '../../../shared/contract/usage.ts';
import type { Db } from '../db/database.ts';
import { spanOf, type DayRange, type DaySpan } from './day-span.ts';
import { createRanking, spanRows } from './rank-parts.ts';
import { measuresOf, plainSumColumns, sumColumns, type SumRow } from './usage-sum.ts';

/** A split, or `all`: every call under the key ''. */
export type AnySplit = Split | 'all';

export interface ProviderName {
  readonly name: string;
  readonly kind: ProviderKind;
}

/** What one key came to in one day (YYYY-MM-DD) or month (YYYY-MM). */
export interface PeriodSum {
  readonly period: string;
  readonly key: string;
  readonly measures: SpendMeasures;
}

export type SumQueries = ReturnType<typeof createSumQueries>;

type Keys = { readonly split: AnySplit; readonly keysJson: string };

/** Reads the sums. Everything the spend page and the budgets ask comes from here; no query touches the records. */
export function createSumQueries(db: Db) {
  // SQLite would rather read all keys of the days, of which conversations have tens of thousands.
  const byKey = 'INDEXED BY usage_sum_by_key';
  const ofKeys = 'key IN (SELECT value FROM json_each(@keysJson))';
  const first = db.prepare<[], { day: string | null }>(`
    SELECT min(period) AS day FROM usage_sum WHERE split = 'all' AND unit = 'day'`);
  const last = db.prepare<[], { day: string | null }>(`
    SELECT max(period) AS day FROM usage_sum WHERE split = 'all' AND unit = 'day'`);
  const ever = db.prepare<Keys, SumRow & { key: string }>(`
    SELECT key, ${plainSumColumns} FROM usage_sum WHERE split = @split AND unit = 'ever' AND period = '' AND ${ofKeys}`);
  const everyKey = db.prepare<[AnySplit], SumRow & { key: string }>(`
    SELECT key, ${plainSumColumns} FROM usage_sum WHERE split = ? AND unit = 'ever' AND period = '' ORDER BY cost_nanos DESC, key`);
  const inSpan = db.prepare<Keys & DaySpan, SumRow & { key: string }>(`
    SELECT key, ${sumColumns} FROM (${spanRows('*', ofKeys, byKey)}) GROUP BY key`);
  const rank = createRanking(db);
  const prepareCells = (unit: 'day' | 'month') =>
    db.prepare<Keys & DayRange, SumRow & { period: string; key: string }>(`
      SELECT period, key, ${plainSumColumns} FROM usage_sum ${byKey}
      WHERE split = @split AND unit = '${unit}' AND ${ofKeys} AND period BETWEEN @from AND @to`);
  const cells = { day: prepareCells('day'), month: prepareCells('month') };
  const providers = db.prepare<[], { id: string } & ProviderName>(`
    SELECT provider_id AS id, provider_name AS name, provider_kind AS kind FROM usage_provider`);

  /** Whether a stretch of days has every record in it. */
  function isEver({ from, to }: DayRange): boolean {
    const [firstDay, lastDay] = [first.get()?.day ?? null, last.get()?.day ?? null];
    return firstDay !== null && lastDay !== null && from <= firstDay && to >= lastDay;
  }

  function sumsOf(split: AnySplit, keys: readonly string[], range: DayRange): Map<string, SpendMeasures> {
    const query = { split, keysJson: JSON.stringify(keys) };
    const rows = isEver(range) ? ever.all(query) : inSpan.all({ ...query, ...spanOf(range) });
    return new Map(rows.map(({ key, ...row }) => [key, measuresOf(row)]));
  }

  return {
    /** The day of the first record, of all there are; null without any. */
    firstDay: (): string | null => first.get()?.day ?? null,
    /** What these keys came to from one day to another; those without calls are missing. */
    sumsOf,
    /** Everything from one day to another. */
    totalOf: (range: DayRange): AmountTotal => sumsOf('all', [''], range).get('')?.total ?? emptyTotal,
    /** What these keys came to over all time; those without calls are missing. */
    everOf: (split: AnySplit, keys: readonly string[]): Map<string, SpendMeasures> =>
      new Map(ever.all({ split, keysJson: JSON.stringify(keys) }).map(({ key, ...row }) => [key, measuresOf(row)])),
    /** Every key of a split over all time, dearest first. */
    listEver: (split: AnySplit): { key: string; measures: SpendMeasures }[] =>
      everyKey.all(split).map(({ key, ...row }) => ({ key, measures: measuresOf(row) })),
    /** The keys with the most of a measure, largest first; calls without a key are left out. */
    topKeys: (split: Split, range: DayRange, measure: Measure, limit: number): string[] =>
      rank(split, isEver(range) ? null : range, measure, limit),
    /** Sums of these keys by day, or by month where the stretch is made of whole months; what has no calls is missing. */
    cellsOf: (split: AnySplit, keys: readonly string[], range: DayRange, unit: 'day' | 'month'): PeriodSum[] =>
      cells[unit]
        .all({
          split,
          keysJson: JSON.stringify(keys),
          from: range.from.slice(0, unit === 'day' ? 10 : 7),
          to: range.to.slice(0, unit === 'day' ? 10 : 7),
        })
        .map(({ period, key, ...row }) => ({ period, key, measures: measuresOf(row) })),
    /** Every provider by its id, as its latest record calls it. */
    providers: (): Map<string, ProviderName> => new Map(providers.all().map(({ id, name, kind }) => [id, { name, kind }])),
  };
}
