import type { Measure } from '../../../shared/contract/spend.ts';
import { csvLine, dollarsOf } from '../../../shared/csv.ts';
import { valueOf, type ChartData, type Piece } from './chart-data.ts';

/** A chart's figures as they are exported: one row a period and series, money to the nano-dollar as text. */
interface ChartRow {
  readonly period: string;
  readonly series: string;
  readonly measure: Measure;
  readonly value: string;
  readonly calls: number;
  /** Of the calls' cost, the part that is exact. */
  readonly exactUsd: string;
  readonly costUsd: string;
}

function rowsOf(chart: ChartData, measure: Measure, nameOf: (piece: Piece['series']['part']) => string): ChartRow[] {
  return chart.bars.flatMap(({ period, pieces }) =>
    pieces.map(({ series, measures }) => {
      const value = valueOf(measures, measure);
      const isMoney = measure === 'cost' || measure === 'savings';
      return {
        period,
        series: nameOf(series.part),
        measure,
        value: isMoney ? dollarsOf(value) : measure === 'speed' ? value.toFixed(3) : String(value),
        calls: measures.total.callCount,
        exactUsd: dollarsOf(measures.total.exactNanos),
        costUsd: dollarsOf(measures.total.costNanos),
      };
    }),
  );
}

const columns = ['period', 'series', 'measure', 'value', 'calls', 'costUsd', 'exactUsd'] as const satisfies readonly (keyof ChartRow)[];

/** The figures of a chart as CSV or JSON. */
export function exportChart(
  chart: ChartData,
  measure: Measure,
  nameOf: (part: Piece['series']['part']) => string,
  format: 'csv' | 'json',
): string {
  const rows = rowsOf(chart, measure, nameOf);
  if (format === 'json') return `${JSON.stringify(rows, null, 2)}\n`;
  return [columns, ...rows.map((row) => columns.map((column) => row[column]))].map(csvLine).join('');
}
