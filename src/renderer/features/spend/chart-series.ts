import { addTotals, emptyTotal, type AmountTotal } from '../../../shared/amount.ts';
import type { ModelSpend } from '../../../shared/contract/spend.ts';
import { daysFromTo, type LocalDay } from '../../lib/local-day.ts';
import type { DayRange } from './spend-range.ts';

export type Metric = 'cost' | 'tokens';

/** More bars than this and a bar stands for a month. */
const maxDayBars = 92;
/** Colours that can be told apart; the last one is for all the other models. */
const maxSeries = 8;
export const otherKey = 'other';

/** A model's part of a bar. */
export interface Part {
  readonly key: string;
  readonly value: number;
  readonly total: AmountTotal;
}

/** One bar: a day (YYYY-MM-DD) or a month (YYYY-MM). */
export interface Bar {
  readonly period: string;
  readonly parts: readonly Part[];
  readonly value: number;
  readonly total: AmountTotal;
}

/** A colour of the chart: one model, or all the smaller ones together (`otherKey`). */
export interface Series {
  readonly key: string;
  /** null for `otherKey`. */
  readonly model: ModelSpend | null;
  /** CSS colour. */
  readonly colour: string;
}

export interface ChartData {
  readonly unit: 'day' | 'month';
  readonly series: readonly Series[];
  readonly bars: readonly Bar[];
}

interface DaySpend {
  readonly day: LocalDay;
  readonly models: readonly ModelSpend[];
}

/** What tells models apart: the same name at two providers is two models. */
export function keyOfModel(model: ModelSpend): string {
  return `${model.providerId}/${model.model}`;
}

function valueOf(spend: ModelSpend, metric: Metric): number {
  return metric === 'cost' ? spend.total.costNanos : spend.inputTokens + spend.outputTokens;
}

/** The colours, given to the models that matter most; by cost first so that they stay when the metric changes. */
export function seriesOf(byModel: readonly ModelSpend[]): Series[] {
  const ranked = byModel.toSorted((a, b) => valueOf(b, 'cost') - valueOf(a, 'cost') || valueOf(b, 'tokens') - valueOf(a, 'tokens'));
  const shown = ranked.length > maxSeries ? ranked.slice(0, maxSeries - 1) : ranked;
  const series: Series[] = shown.map((model, index) => ({ key: keyOfModel(model), model, colour: `var(--chart-${index + 1})` }));
  if (shown.length < ranked.length) series.push({ key: otherKey, model: null, colour: `var(--chart-${maxSeries})` });
  return series;
}

/** The days a chart spans: those asked for, without the empty stretch before the first call. */
function spanOf(byDay: readonly DaySpend[], range: DayRange): LocalDay[] {
  const first = byDay.reduce<LocalDay | null>((least, { day }) => (least === null || day < least ? day : least), null);
  if (first === null) return [];
  const wanted = daysFromTo(range.from, range.to);
  return wanted.length > maxDayBars ? wanted.filter((day) => day >= first) : wanted;
}

/** Stacked bars, one a day, or one a month where days would be too many. Days without calls are there, and empty. */
export function chartOf(byDay: readonly DaySpend[], series: readonly Series[], range: DayRange, metric: Metric): ChartData {
  const span = spanOf(byDay, range);
  const unit = span.length > maxDayBars ? 'month' : 'day';
  const periodOf = (day: LocalDay) => (unit === 'day' ? day : day.slice(0, 7));
  const known = new Set(series.map(({ key }) => key));
  const bars = new Map(span.map((day) => [periodOf(day), new Map<string, Part>()]));
  for (const { day, models } of byDay) {
    const parts = bars.get(periodOf(day));
    if (parts === undefined) continue;
    for (const model of models) {
      const key = known.has(keyOfModel(model)) ? keyOfModel(model) : otherKey;
      const before = parts.get(key) ?? { key, value: 0, total: emptyTotal };
      parts.set(key, { key, value: before.value + valueOf(model, metric), total: addTotals(before.total, model.total) });
    }
  }
  return { unit, series, bars: Array.from(bars, ([period, parts]) => barOf(period, parts, series)) };
}

function barOf(period: string, parts: ReadonlyMap<string, Part>, series: readonly Series[]): Bar {
  const ordered = series.map(({ key }) => parts.get(key)).filter((part) => part !== undefined);
  return {
    period,
    parts: ordered,
    value: ordered.reduce((sum, part) => sum + part.value, 0),
    total: ordered.reduce((sum, part) => addTotals(sum, part.total), emptyTotal),
  };
}

/** Round values from 0 to at least `largest`, in three or four steps of 1, 2, 2.5 or 5 times a power of ten. */
export function axisTicks(largest: number): number[] {
  if (largest <= 0) return [0, 1];
  const rough = largest / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.ceil(largest / step) + 1 }, (_, index) => index * step);
}
