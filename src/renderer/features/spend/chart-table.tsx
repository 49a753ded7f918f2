import { useTranslation } from 'react-i18next';
import type { Measure, Split } from '../../../shared/contract/spend.ts';
import { cn } from '../../lib/cn.ts';
import type { ChartData, Series } from './chart-data.ts';
import { MeasureValue } from './measure-value.tsx';
import { usePartName } from './part-name.tsx';
import type { PeriodText } from './period-text.ts';
import type { Unit } from './spend-range.ts';

interface ChartTableProps {
  chart: ChartData;
  split: Split;
  unit: Unit;
  measure: Measure;
  periodText: PeriodText;
  /** Names the table. */
  label: string;
  /** Without it the figures are no buttons. */
  onOpen?: (period: string, series: Series | null) => void;
}

/** The same figures as the chart, as a table: newest first, one column a series. Each figure leads to its calls. */
export function ChartTable({ chart, split, unit, measure, periodText, label, onOpen }: ChartTableProps) {
  const { t } = useTranslation('spend');
  const nameOf = usePartName(split);
  const bars = chart.bars.filter(({ total }) => total !== null).toReversed();
  return (
    // A region that scrolls must be reachable with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div tabIndex={0} className={cn('focus-inset overflow-auto', onOpen !== undefined && 'max-h-80 print:max-h-none')}>
      <table aria-label={label} className="w-full border-collapse text-sm tabular">
        <thead className="sticky top-0 bg-raised text-muted">
          <tr>
            <th scope="col" className="py-1.5 pr-4 text-left font-normal">
              {t(`unit.${unit}`)}
            </th>
            {chart.series.map(({ key, part }) => (
              <th key={key} scope="col" className="max-w-40 truncate px-3 py-1.5 text-right font-normal">
                {nameOf(part)}
              </th>
            ))}
            <th scope="col" className="py-1.5 pl-3 text-right font-medium">
              {t('chart.all')}
            </th>
          </tr>
        </thead>
        <tbody>
          {bars.map((bar) => (
            <tr key={bar.period} className="border-t">
              <th scope="row" className="py-1 pr-4 text-left font-normal whitespace-nowrap">
                {periodText.short(bar.period)}
              </th>
              {chart.series.map((series) => {
                const piece = bar.pieces.find((candidate) => candidate.series.key === series.key);
                return (
                  <td key={series.key} className="px-3 py-1 text-right text-muted">
                    {piece === undefined ? (
                      '–'
                    ) : (
                      <Figure onOpen={onOpen && (() => onOpen(bar.period, series))}>
                        <MeasureValue measure={measure} measures={piece.measures} />
                      </Figure>
                    )}
                  </td>
                );
              })}
              <td className="py-1 pl-3 text-right font-medium">
                {bar.total !== null && (
                  <Figure onOpen={onOpen && (() => onOpen(bar.period, null))}>
                    <MeasureValue measure={measure} measures={bar.total} />
                  </Figure>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Figure({ onOpen, children }: { onOpen: (() => void) | undefined; children: React.ReactNode }) {
  if (onOpen === undefined) return children;
  return (
    <button type="button" onClick={onOpen} className="rounded-sm hover:text-ink hover:underline">
      {children}
    </button>
  );
}
