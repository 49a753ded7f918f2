import { useTranslation } from 'react-i18next';
import type { BillComparison } from '../../../../shared/contract/bill.ts';
import { AmountText, AmountTotalText, DifferenceText } from '../../../components/amount.tsx';
import { Card } from '../../../components/ui/card.tsx';
import { useFormat } from '../../../lib/format.ts';
import { DifferenceReasons } from './difference-reasons.tsx';

/** Every day and model: billed, booked, the difference and what explains it. */
export function BillTable({ comparisons }: { comparisons: readonly BillComparison[] }) {
  const { t } = useTranslation('bill');
  const numbers = ['billed', 'booked', 'difference'] as const;
  return (
    <Card className="overflow-x-auto p-4">
      <table aria-label={t('title')} className="w-full border-collapse text-sm tabular">
        <thead className="text-muted">
          <tr>
            <th scope="col" className="py-1.5 text-left font-normal">
              {t('table.day')}
            </th>
            <th scope="col" className="py-1.5 pl-3 text-left font-normal">
              {t('table.model')}
            </th>
            {numbers.map((column) => (
              <th key={column} scope="col" className="py-1.5 pl-3 text-right font-normal whitespace-nowrap">
                {t(`table.${column}`)}
              </th>
            ))}
            <th scope="col" className="py-1.5 pl-6 text-left font-normal">
              {t('table.why')}
            </th>
          </tr>
        </thead>
        <tbody>
          {comparisons.map((comparison, index) => (
            <ComparisonRow
              key={`${comparison.seller} ${comparison.day} ${comparison.item ?? ''}`}
              comparison={comparison}
              isFirstOfDay={comparisons[index - 1]?.day !== comparison.day}
            />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function ComparisonRow({ comparison, isFirstOfDay }: { comparison: BillComparison; isFirstOfDay: boolean }) {
  const { t } = useTranslation('bill');
  const format = useFormat();
  const { day, item, billedNanos, booked, differenceNanos } = comparison;
  const number = 'py-1.5 pl-3 text-right align-top';
  return (
    <tr className={isFirstOfDay ? 'border-t' : undefined}>
      <td className="py-1.5 align-top whitespace-nowrap text-muted">{isFirstOfDay ? format.day(day) : ''}</td>
      <th scope="row" className="max-w-64 py-1.5 pl-3 text-left align-top font-normal break-words">
        {item ?? t('wholeDay')}
      </th>
      <td className={number}>{billedNanos === null ? '–' : <AmountText amount={{ exactness: 'reported', costNanos: billedNanos }} />}</td>
      <td className={number}>
        <AmountTotalText total={booked} />
      </td>
      <td className={number}>{differenceNanos === null ? '–' : <DifferenceText nanos={differenceNanos} />}</td>
      <td className="py-1.5 pl-6 align-top">
        <DifferenceReasons comparison={comparison} />
      </td>
    </tr>
  );
}
