import { useTranslation } from 'react-i18next';
import { Bar as ChartBar, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip, type BarShapeProps } from 'recharts';
import type { Measure, Split } from '../../../shared/contract/spend.ts';
import { axisTickText } from '../../components/amount-text.ts';
import { useFormat } from '../../lib/format.ts';
import { axisTicks, type Bar, type ChartData, type Series } from './chart-data.ts';
import { ChartAxes } from './chart-axes.tsx';
import { ChartTooltip } from './chart-tooltip.tsx';
import type { PeriodText } from './period-text.ts';

interface SpendChartProps {
  chart: ChartData;
  split: Split;
  measure: Measure;
  periodText: PeriodText;
  /** The bar that is not over yet. */
  running: string | null;
  /** The bar whose calls are listed. */
  chosen: string | null;
  /** A piece of a bar was chosen, or the whole bar. */
  onOpen: (period: string, series: Series | null) => void;
}

/** A bar with a value for each series, as Recharts reads it. */
function rowOf(bar: Bar): Bar & Readonly<Record<`value:${string}`, number>> {
  return { ...bar, ...Object.fromEntries(bar.pieces.map(({ series, value }) => [`value:${series.key}`, value])) };
}

/** The largest and the smallest value of a stack. */
function extentOf(bars: readonly Bar[], isStacked: boolean): [number, number] {
  const sums = bars.flatMap(({ pieces }) => {
    const values = pieces.map(({ value }) => value);
    if (!isStacked) return values;
    return [values.filter((value) => value > 0), values.filter((value) => value < 0)].map((side) =>
      side.reduce((sum, value) => sum + value, 0),
    );
  });
  return [Math.max(0, ...sums), Math.min(0, ...sums)];
}

/** How the vertical axis is written. */
function useTick(measure: Measure, ticks: readonly number[]): (value: number) => string {
  const { i18n } = useTranslation();
  const format = useFormat();
  const isMoney = measure === 'cost' || measure === 'savings';
  const step = (ticks[1] ?? 1) - (ticks[0] ?? 0);
  return (value) => (isMoney ? axisTickText(value, step, i18n.language) : format.compactCount(value));
}

/** Stacked bars; for speed, which cannot be added up, a line for each series. What is not over yet is hatched. */
export function SpendChart({ chart, split, measure, periodText, running, chosen, onOpen }: SpendChartProps) {
  const isStacked = measure !== 'speed';
  const ticks = axisTicks(...extentOf(chart.bars, isStacked));
  const tick = useTick(measure, ticks);
  const runningIndex = chart.bars.findIndex(({ period }) => period === running);
  const chosenIndex = chart.bars.findIndex(({ period }) => period === chosen);
  const openAt = (index: number, series: Series | null) => {
    const bar = chart.bars[index];
    if (bar !== undefined && bar.total !== null) onOpen(bar.period, series);
  };
  return (
    <div className="h-60" aria-hidden>
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart
          data={chart.bars.map(rowOf)}
          margin={{ top: 4, right: 4, bottom: 0, left: 0 }}
          barCategoryGap="18%"
          stackOffset="sign"
          accessibilityLayer={false}
          className="cursor-pointer"
          onClick={({ activeTooltipIndex }) => {
            if (!isStacked && activeTooltipIndex !== null && activeTooltipIndex !== undefined) openAt(Number(activeTooltipIndex), null);
          }}
        >
          <Hatches series={chart.series} />
          <ChartAxes periodText={periodText} ticks={ticks} tickText={tick} />
          {(ticks[0] ?? 0) < 0 && <ReferenceLine y={0} stroke="var(--line-strong)" />}
          <Tooltip
            cursor={{ fill: 'var(--hover)' }}
            isAnimationActive={false}
            content={<ChartTooltip chart={chart} split={split} measure={measure} periodText={periodText} running={running} />}
          />
          {chart.series.map((series, index) =>
            isStacked ? (
              <ChartBar
                key={series.key}
                dataKey={`value:${series.key}`}
                stackId="all"
                fill={series.colour}
                maxBarSize={56}
                isAnimationActive={false}
                onClick={(_, row) => openAt(row, series)}
                shape={<Piece runningIndex={runningIndex} chosenIndex={chosenIndex} hatch={`url(#hatch-${index})`} />}
              />
            ) : (
              <Line
                key={series.key}
                dataKey={`value:${series.key}`}
                stroke={series.colour}
                strokeWidth={2}
                dot={chart.bars.length <= 62 ? { r: 2.5, fill: series.colour, strokeWidth: 0 } : false}
                connectNulls
                isAnimationActive={false}
              />
            ),
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

function Hatches({ series }: { series: readonly Series[] }) {
  return (
    <defs>
      {series.map(({ key, colour }, index) => (
        <pattern key={key} id={`hatch-${index}`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="6" height="6" fill={colour} opacity="0.45" />
          <rect width="3" height="6" fill={colour} />
        </pattern>
      ))}
    </defs>
  );
}

interface PieceProps extends Partial<BarShapeProps> {
  runningIndex: number;
  chosenIndex: number;
  hatch: string;
}

/** One series' piece of a bar; hatched in the bar that is not over yet, pale beside the one that was chosen. */
function Piece({ runningIndex, chosenIndex, hatch, x, y, width, height, fill, index }: PieceProps) {
  const isPale = chosenIndex >= 0 && index !== chosenIndex;
  // Below 0 a bar has a negative height, which SVG does not draw.
  const [top, tall] = typeof height === 'number' && height < 0 ? [Number(y) + height, -height] : [y, height];
  return <rect x={x} y={top} width={width} height={tall} fill={index === runningIndex ? hatch : fill} opacity={isPale ? 0.4 : 1} />;
}
