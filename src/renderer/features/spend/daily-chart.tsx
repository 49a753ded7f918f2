import { useTranslation } from 'react-i18next';
import { Bar as ChartBar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis, type BarShapeProps } from 'recharts';
import { axisTickText } from '../../components/amount-text.ts';
import { AmountTotalText, ExactShare } from '../../components/amount.tsx';
import { useFormat } from '../../lib/format.ts';
import type { LocalDay } from '../../lib/local-day.ts';
import { axisTicks, type ChartData, type Metric, type Series } from './chart-series.ts';
import { SeriesName } from './series-name.tsx';

interface DailyChartProps {
  chart: ChartData;
  metric: Metric;
  today: LocalDay;
  /** A bar was chosen: its day, or month. */
  onOpen: (period: string) => void;
}

/** How a period is written under the chart and in its tooltip. */
function usePeriodText(unit: ChartData['unit'], today: LocalDay) {
  const { i18n } = useTranslation();
  const format = useFormat();
  const month = new Intl.DateTimeFormat(i18n.language, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  return {
    short: (period: string) => (unit === 'day' ? format.day(period, today) : month.format(new Date(`${period}-01T00:00:00Z`))),
    long: (period: string) => (unit === 'day' ? format.longDay(period) : month.format(new Date(`${period}-01T00:00:00Z`))),
  };
}

/** The period that is not over yet, which makes its bar an unfinished one. */
function isRunning(period: string, today: LocalDay): boolean {
  return today.startsWith(period);
}

/** Stacked bars by model. What is not over yet is hatched. */
export function DailyChart({ chart, metric, today, onOpen }: DailyChartProps) {
  const { t, i18n } = useTranslation('spend');
  const format = useFormat();
  const periodText = usePeriodText(chart.unit, today);
  const rows = chart.bars.map((bar) => ({ ...bar, ...Object.fromEntries(bar.parts.map(({ key, value }) => [`value:${key}`, value])) }));
  const ticks = axisTicks(Math.max(...chart.bars.map(({ value }) => value)));
  const unfinishedIndex = chart.bars.findIndex(({ period }) => isRunning(period, today));
  const tick = (value: number) => (metric === 'cost' ? axisTickText(value, ticks[1] ?? 1, i18n.language) : format.compactCount(value));
  return (
    <figure aria-label={t(metric === 'cost' ? 'chart.describeCost' : 'chart.describeTokens')} className="m-0">
      <figcaption className="mb-1 text-xs text-faint">{t(metric === 'cost' ? 'chart.unitCost' : 'chart.unitTokens')}</figcaption>
      <div className="h-56">
        <ResponsiveContainer width="100%" height="100%">
          <BarChart data={rows} margin={{ top: 4, right: 0, bottom: 0, left: 0 }} barCategoryGap="18%">
            <Hatches series={chart.series} />
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="period"
              tickFormatter={(period: string) =>
                isRunning(period, today) && chart.unit === 'day' ? t('range.today') : periodText.short(period)
              }
              tickLine={false}
              axisLine={{ stroke: 'var(--line)' }}
              tick={{ fill: 'var(--muted)', fontSize: 12 }}
              interval="preserveEnd"
              minTickGap={24}
            />
            <YAxis
              tickFormatter={tick}
              tickLine={false}
              axisLine={false}
              width={52}
              tick={{ fill: 'var(--muted)', fontSize: 12 }}
              ticks={ticks}
              domain={[0, ticks.at(-1) ?? 1]}
            />
            <Tooltip
              cursor={{ fill: 'var(--hover)' }}
              isAnimationActive={false}
              content={<BarTooltip chart={chart} metric={metric} today={today} />}
            />
            {chart.series.map((series, index) => (
              <ChartBar
                key={series.key}
                dataKey={`value:${series.key}`}
                stackId="all"
                fill={series.colour}
                maxBarSize={44}
                isAnimationActive={false}
                className="cursor-pointer"
                onClick={(_, row) => {
                  const bar = chart.bars[row];
                  if (bar !== undefined) onOpen(bar.period);
                }}
                shape={<Piece unfinishedIndex={unfinishedIndex} hatch={`url(#hatch-${index})`} />}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      </div>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-sm text-muted">
        {chart.series.map((series) => (
          <li key={series.key}>
            <SeriesName series={series} />
          </li>
        ))}
      </ul>
    </figure>
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
  unfinishedIndex: number;
  hatch: string;
}

/** One model's piece of a bar; hatched in the bar that is not over yet. */
function Piece({ unfinishedIndex, hatch, x, y, width, height, fill, index }: PieceProps) {
  return <rect x={x} y={y} width={width} height={height} fill={index === unfinishedIndex ? hatch : fill} />;
}

interface BarTooltipProps {
  chart: ChartData;
  metric: Metric;
  today: LocalDay;
  /** Given by the chart: whether the pointer is on a bar, and on which. */
  active?: boolean;
  label?: string;
}

function BarTooltip({ chart, metric, today, active = false, label }: BarTooltipProps) {
  const { t } = useTranslation('spend');
  const format = useFormat();
  const periodText = usePeriodText(chart.unit, today);
  const bar = active ? chart.bars.find(({ period }) => period === label) : undefined;
  if (bar === undefined) return null;
  const parts = bar.parts.filter(({ value }) => value > 0).toReversed();
  return (
    <div className="min-w-52 rounded-lg bg-raised px-3 py-2 text-sm shadow-popup">
      <p className="font-medium">
        {periodText.long(bar.period)}
        {isRunning(bar.period, today) && <span className="font-normal text-muted"> · {t('chart.today')}</span>}
      </p>
      <ul className="mt-1.5 flex flex-col gap-0.5">
        {parts.map((part) => (
          <li key={part.key} className="flex items-center justify-between gap-4">
            <SeriesName series={chart.series.find(({ key }) => key === part.key)} />
            {metric === 'cost' ? <AmountTotalText total={part.total} /> : <span className="tabular">{format.count(part.value)}</span>}
          </li>
        ))}
      </ul>
      <p className="mt-1.5 flex items-center justify-between gap-4 border-t pt-1.5 font-medium">
        <span>{t('chart.total')}</span>
        {metric === 'cost' ? <AmountTotalText total={bar.total} /> : <span className="tabular">{format.count(bar.value)}</span>}
      </p>
      {metric === 'cost' && <ExactShare total={bar.total} className="block text-right text-muted" />}
    </div>
  );
}
