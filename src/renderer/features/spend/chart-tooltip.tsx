import { useTranslation } from 'react-i18next';
import type { Measure, Split } from '../../../shared/contract/spend.ts';
import { ExactShare } from '../../components/amount.tsx';
import type { ChartData } from './chart-data.ts';
import { MeasureValue } from './measure-value.tsx';
import { SeriesName } from './part-name.tsx';
import type { PeriodText } from './period-text.ts';

interface ChartTooltipProps {
  chart: ChartData;
  split: Split;
  measure: Measure;
  periodText: PeriodText;
  running: string | null;
  /** Given by the chart: whether the pointer is on a bar, and on which. */
  active?: boolean;
  label?: string | number;
}

/** What a bar is made of, the largest piece on top as in the bar. */
export function ChartTooltip({ chart, split, measure, periodText, running, active = false, label }: ChartTooltipProps) {
  const { t } = useTranslation('spend');
  const bar = active ? chart.bars.find(({ period }) => period === label) : undefined;
  if (bar === undefined || bar.total === null) return null;
  const pieces = bar.pieces.filter(({ value }) => value !== 0).toReversed();
  return (
    <div className="max-w-80 min-w-52 rounded-lg bg-raised px-3 py-2 text-sm shadow-popup">
      <p className="font-medium">
        {periodText.long(bar.period)}
        {bar.period === running && <span className="font-normal text-muted"> · {t('chart.running')}</span>}
      </p>
      <ul className="mt-1.5 flex flex-col gap-0.5">
        {pieces.map(({ series, measures }) => (
          <li key={series.key} className="flex items-center justify-between gap-4">
            <SeriesName series={series} split={split} />
            <MeasureValue measure={measure} measures={measures} />
          </li>
        ))}
      </ul>
      <p className="mt-1.5 flex items-center justify-between gap-4 border-t pt-1.5 font-medium">
        <span>{t('chart.all')}</span>
        <MeasureValue measure={measure} measures={bar.total} />
      </p>
      {measure === 'cost' && <ExactShare total={bar.total.total} className="block text-right text-muted" />}
    </div>
  );
}
