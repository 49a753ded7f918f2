import { useTranslation } from 'react-i18next';
import { Line, LineChart, ResponsiveContainer, Tooltip } from 'recharts';
import type { AmountTotal } from '../../../shared/amount.ts';
import { addTotals, emptyTotal } from '../../../shared/amount.ts';
import type { SpendSplit } from '../../../shared/contract/spend.ts';
import { axisTickText } from '../../components/amount-text.ts';
import { AmountTotalText, ExactShare, ProjectionText } from '../../components/amount.tsx';
import { Card } from '../../components/ui/card.tsx';
import { useFormat } from '../../lib/format.ts';
import { ChartAxes } from './chart-axes.tsx';
import { axisTicks, chartOf } from './chart-data.ts';
import { usePeriodText, type PeriodText } from './period-text.ts';
import { monthEndOf, periodsOf, type Calendar, type DayRange, type Unit } from './spend-range.ts';

/** What the month will come to, as the core projects it. */
export interface MonthProjection {
  readonly monthNanos: number;
  readonly perDayNanos: number;
  readonly basedOnDays: number;
}

interface Point {
  readonly period: string;
  /** What had been spent by its end; null for days to come. */
  readonly total: AmountTotal | null;
  readonly costNanos: number | null;
  /** Today and days to come; null for the others. */
  readonly projectedNanos: number | null;
}

interface RunningTotalProps {
  split: SpendSplit;
  unit: Unit;
  range: DayRange;
  calendar: Calendar;
  /** null where the range is not the running month, or there is too little to go by. */
  projection: MonthProjection | null;
}

/** Points up to now, and to the month's end where there is a projection. */
function pointsOf({ split, unit, calendar, projection }: RunningTotalProps): Point[] {
  let total = emptyTotal;
  const points = chartOf(split, unit, 'cost', calendar.weekStartsOn).bars.map((bar): Point => {
    total = addTotals(total, bar.total?.total ?? emptyTotal);
    return { period: bar.period, total, costNanos: total.costNanos, projectedNanos: null };
  });
  const last = points.at(-1);
  if (projection === null || last === undefined || unit !== 'day') return points;
  const toCome = periodsOf({ from: calendar.today, to: monthEndOf(calendar.today) }, 'day', calendar.weekStartsOn).slice(1);
  const spent = last.costNanos ?? 0;
  const share = (index: number) => spent + ((projection.monthNanos - spent) * (index + 1)) / toCome.length;
  return [
    ...points.slice(0, -1),
    { ...last, projectedNanos: spent },
    ...toCome.map((period, index): Point => ({ period, total: null, costNanos: null, projectedNanos: share(index) })),
  ];
}

/** What had been spent by each day of the range; in the running month with what it will come to if it goes on like this. */
export function RunningTotal(props: RunningTotalProps) {
  const { split, unit, range, calendar, projection } = props;
  const { t, i18n } = useTranslation('spend');
  const format = useFormat();
  const periodText = usePeriodText(unit, range, calendar.today);
  const points = pointsOf(props);
  const ticks = axisTicks(Math.max(0, ...points.map(({ costNanos, projectedNanos }) => Math.max(costNanos ?? 0, projectedNanos ?? 0))));
  const last = points.findLast(({ total }) => total !== null);
  return (
    <Card className="flex min-w-0 flex-col p-4">
      <h2 className="font-semibold">{t('running.title')}</h2>
      <p className="mb-3 text-xs text-faint">
        {t('measureUnit.cost')} <ExactShare total={split.total.total} className="before:content-['·_']" />
      </p>
      <figure className="m-0" aria-label={t('running.described')}>
        <div className="h-60" aria-hidden>
          <ResponsiveContainer width="100%" height="100%">
            <LineChart data={points} margin={{ top: 4, right: 4, bottom: 0, left: 0 }} accessibilityLayer={false}>
              <ChartAxes periodText={periodText} ticks={ticks} tickText={(value) => axisTickText(value, ticks[1] ?? 1, i18n.language)} />
              <Tooltip
                isAnimationActive={false}
                cursor={{ stroke: 'var(--line-strong)' }}
                content={<PointTooltip points={points} periodText={periodText} />}
              />
              <Line dataKey="costNanos" stroke="var(--accent)" strokeWidth={2} dot={points.length === 1} isAnimationActive={false} />
              <Line
                dataKey="projectedNanos"
                stroke="var(--accent)"
                strokeWidth={2}
                strokeDasharray="3 4"
                dot={false}
                isAnimationActive={false}
              />
            </LineChart>
          </ResponsiveContainer>
        </div>
        <figcaption className="mt-2 text-sm text-muted">
          {projection === null ? (
            <span className="tabular">
              {t('running.sum')} <AmountTotalText total={last?.total ?? emptyTotal} className="text-ink" />
            </span>
          ) : (
            <span>
              {t('running.projected')} <ProjectionText costNanos={projection.monthNanos} className="font-medium text-ink" />
              <span className="block text-xs text-faint">
                {t('running.basis', { count: projection.basedOnDays, formatted: format.count(projection.basedOnDays) })}
              </span>
            </span>
          )}
        </figcaption>
        <PointTable points={points} periodText={periodText} label={t('running.described')} unit={unit} />
      </figure>
    </Card>
  );
}

interface PointTooltipProps {
  points: readonly Point[];
  periodText: PeriodText;
  /** Given by the chart. */
  active?: boolean;
  label?: string | number;
}

function PointTooltip({ points, periodText, active = false, label }: PointTooltipProps) {
  const { t } = useTranslation('spend');
  const point = active ? points.find(({ period }) => period === label) : undefined;
  if (point === undefined) return null;
  return (
    <div className="rounded-lg bg-raised px-3 py-2 text-sm shadow-popup">
      <p className="font-medium">{periodText.long(point.period)}</p>
      <p className="mt-1 flex items-center justify-between gap-4">
        <span>{t(point.total === null ? 'running.tooltipProjected' : 'running.tooltipSum')}</span>
        <PointAmount point={point} />
      </p>
    </div>
  );
}

function PointAmount({ point }: { point: Point }) {
  return point.total === null ? <ProjectionText costNanos={point.projectedNanos ?? 0} /> : <AmountTotalText total={point.total} />;
}

/** The line for those who do not see it. */
function PointTable({ points, periodText, label, unit }: Pick<PointTooltipProps, 'points' | 'periodText'> & { label: string; unit: Unit }) {
  const { t } = useTranslation('spend');
  return (
    <div className="sr-only">
      <table aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t(`unit.${unit}`)}</th>
            <th scope="col">{t('running.tooltipSum')}</th>
          </tr>
        </thead>
        <tbody>
          {points.map((point) => (
            <tr key={point.period}>
              <th scope="row">{periodText.short(point.period)}</th>
              <td>
                {point.total === null && t('running.tooltipProjected')} <PointAmount point={point} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
