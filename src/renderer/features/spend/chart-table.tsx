import { useTranslation } from 'react-i18next';
import { AmountTotalText } from '../../components/amount.tsx';
import { useFormat } from '../../lib/format.ts';
import type { LocalDay } from '../../lib/local-day.ts';
import type { ChartData, Metric } from './chart-series.ts';

interface ChartTableProps {
  chart: ChartData;
  metric: Metric;
  today: LocalDay;
}

/** The same figures as the chart, as a table: newest first, one column a model. */
export function ChartTable({ chart, metric, today }: ChartTableProps) {
  const { t } = useTranslation('spend');
  const format = useFormat();
  const bars = chart.bars.filter(({ parts }) => parts.length > 0).toReversed();
  return (
    <div className="max-h-72 overflow-auto">
      <table className="w-full border-collapse text-sm tabular">
        <thead className="sticky top-0 bg-raised text-muted">
          <tr>
            <th scope="col" className="py-1.5 pr-4 text-left font-normal">
              {t(chart.unit === 'day' ? 'chart.day' : 'chart.month')}
            </th>
            {chart.series.map(({ key, model }) => (
              <th key={key} scope="col" className="px-3 py-1.5 text-right font-normal whitespace-nowrap">
                {model?.model ?? t('chart.other')}
              </th>
            ))}
            <th scope="col" className="py-1.5 pl-3 text-right font-medium">
              {t('chart.total')}
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.period} className="border-t">
              <th scope="row" className="py-1.5 pr-4 text-left font-normal whitespace-nowrap">
                {chart.unit === 'day' ? format.day(bar.period, today) : bar.period}
              </th>
              {chart.series.map(({ key }) => {
                const part = bar.parts.find((candidate) => candidate.key === key);
                return (
                  <td key={key} className="px-3 py-1.5 text-right text-muted">
                    {part === undefined ? '–' : metric === 'cost' ? <AmountTotalText total={part.total} /> : format.count(part.value)}
                  </td>
                );
              })}
              <td className="py-1.5 pl-3 text-right font-medium">
                {metric === 'cost' ? <AmountTotalText total={bar.total} /> : format.count(bar.value)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
