import type { Measure, SpendMeasures, SpendPart, SpendSplit } from '../../../shared/contract/spend.ts';
import { periodsOf, type Unit } from './spend-range.ts';

/** A colour of the chart: one part, or all the smaller ones together. */
export interface Series {
  readonly key: string;
  /** null: all the smaller ones. */
  readonly part: SpendPart | null;
  /** CSS colour. */
  readonly colour: string;
}

/** A series' share of a bar. */
export interface Piece {
  readonly series: Series;
  readonly value: number;
  readonly measures: SpendMeasures;
}

export interface Bar {
  /** YYYY-MM-DD (for a week its first day) or YYYY-MM. */
  readonly period: string;
  /** In the order of the series; those without calls are missing. */
  readonly pieces: readonly Piece[];
  /** Of every call, those that belong to no part included; null without any. */
  readonly total: SpendMeasures | null;
}

export interface ChartData {
  readonly series: readonly Series[];
  readonly bars: readonly Bar[];
}

const restKey = '(others)';

/** A measure as a number: nano-dollars, tokens, calls, or output tokens a second. */
export function valueOf(measures: SpendMeasures, measure: Measure): number {
  switch (measure) {
    case 'cost':
      return measures.total.costNanos;
    case 'tokens':
      return measures.inputTokens + measures.outputTokens;
    case 'calls':
      return measures.total.callCount;
    case 'speed':
      return measures.timedMs === 0 ? 0 : measures.timedOutputTokens / (measures.timedMs / 1_000);
    case 'savings':
      return measures.savedNanos;
  }
}

/** The colour of the part at an index; null for those that share the last one. */
export function colourOf(split: SpendSplit, index: number): string {
  return `var(--chart-${index < split.seriesCount ? index + 1 : 8})`;
}

/** Bars for every period of the range, empty ones too. */
export function chartOf(split: SpendSplit, unit: Unit, measure: Measure, weekStartsOn: number): ChartData {
  const shown = split.parts.slice(0, split.seriesCount);
  const parts: Series[] = shown.map((part, index) => ({ key: part.key, part, colour: colourOf(split, index) }));
  const rest: Series = { key: restKey, part: null, colour: 'var(--chart-8)' };
  const hasRest = split.bars.some((bar) => bar.rest !== null);
  const byPeriod = new Map(split.bars.map((bar) => [bar.period, bar]));
  const piece = (series: Series | undefined, measures: SpendMeasures): Piece[] =>
    series === undefined ? [] : [{ series, measures, value: valueOf(measures, measure) }];
  const bars = periodsOf(split, unit, weekStartsOn).map((period): Bar => {
    const bar = byPeriod.get(period);
    if (bar === undefined) return { period, pieces: [], total: null };
    const pieces = bar.pieces.flatMap(({ index, measures }) => piece(parts[index], measures));
    return { period, pieces: [...pieces, ...(bar.rest === null ? [] : piece(rest, bar.rest))], total: bar.total };
  });
  // A part without any of the measure would only lengthen the legend.
  const used = new Set(bars.flatMap(({ pieces }) => pieces.filter(({ value }) => value !== 0).map(({ series }) => series.key)));
  return { series: [...parts, ...(hasRest ? [rest] : [])].filter(({ key }) => used.has(key)), bars };
}

/** Round values from 0 to at least `largest`, in three or four steps of 1, 2, 2.5 or 5 times a power of ten; below 0 as far as needed. */
export function axisTicks(largest: number, smallest = 0): number[] {
  const reach = Math.max(largest, -smallest);
  if (reach <= 0) return [0, 1];
  const rough = reach / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((factor) => factor * power >= rough) ?? 10) * power;
  const below = smallest < 0 ? Math.ceil(-smallest / step) : 0;
  const above = Math.max(0, Math.ceil(largest / step));
  return Array.from({ length: below + above + 1 }, (_, index) => (index - below) * step);
}
