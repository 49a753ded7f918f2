import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { BillComparison } from '../../../../shared/contract/bill.ts';
import { AmountText, AmountTotalText, DifferenceText } from '../../../components/amount.tsx';
import { LongTableBody, type RowPlacement } from '../../../components/long-table-body.tsx';
import { cn } from '../../../lib/cn.ts';
import { useFormat } from '../../../lib/format.ts';
import { DifferenceReasons } from './difference-reasons.tsx';

/** The columns; where the page is narrower, reasons and then days get lines of their own. */
const grid =
  'grid gap-x-4 grid-cols-[minmax(0,1fr)_4.5rem_4.5rem_4.5rem] sm:grid-cols-[6.5rem_minmax(0,1fr)_5rem_5rem_5rem] xl:grid-cols-[6.5rem_minmax(0,1fr)_5.5rem_5.5rem_5.5rem_minmax(0,1.7fr)]';
const dayCell = 'max-sm:col-span-full';
const reasonCell = 'col-span-full sm:col-start-2 xl:col-auto';
const numbers = ['billed', 'booked', 'difference'] as const;

interface BillTableProps {
  comparisons: readonly BillComparison[];
  scrollRef: RefObject<HTMLDivElement | null>;
}

/** Every day and model: billed, booked, the difference and what explains it. Long ones are drawn only where they are in sight. */
export function BillTable({ comparisons, scrollRef }: BillTableProps) {
  const { t } = useTranslation('bill');
  return (
    <table aria-label={t('title')} className="block rounded-lg border text-sm tabular">
      <thead className="block text-muted">
        <tr className={cn(grid, 'border-b px-4 py-1.5')}>
          <th scope="col" className={cn(dayCell, 'text-left font-normal max-sm:sr-only')}>
            {t('table.day')}
          </th>
          <th scope="col" className="text-left font-normal">
            {t('table.model')}
          </th>
          {numbers.map((column) => (
            <th key={column} scope="col" className="text-right font-normal whitespace-nowrap">
              {t(`table.${column}`)}
            </th>
          ))}
          <th scope="col" className="text-left font-normal max-xl:sr-only">
            {t('table.why')}
          </th>
        </tr>
      </thead>
      <LongTableBody count={comparisons.length} estimatedHeightPx={60} scrollRef={scrollRef} keyOf={(index) => keyOf(comparisons[index])}>
        {(index, placement) => {
          const comparison = comparisons[index];
          if (comparison === undefined) return null;
          return (
            <ComparisonRow
              comparison={comparison}
              isFirstOfDay={comparisons[index - 1]?.day !== comparison.day}
              isLastOfDay={comparisons[index + 1]?.day !== comparison.day}
              placement={placement}
            />
          );
        }}
      </LongTableBody>
    </table>
  );
}

function keyOf(comparison: BillComparison | undefined): string {
  return comparison === undefined ? '' : `${comparison.seller} ${comparison.day} ${comparison.item ?? ''}`;
}

interface ComparisonRowProps {
  comparison: BillComparison;
  isFirstOfDay: boolean;
  isLastOfDay: boolean;
  placement: RowPlacement;
}

function ComparisonRow({ comparison, isFirstOfDay, isLastOfDay, placement }: ComparisonRowProps) {
  const { t } = useTranslation('bill');
  const format = useFormat();
  const { day, item, billedNanos, booked, differenceNanos } = comparison;
  return (
    <tr {...placement} className={cn(grid, 'px-4 py-1.5', isLastOfDay && 'border-b')}>
      <td className={cn(dayCell, 'whitespace-nowrap', isFirstOfDay ? 'text-muted' : 'text-faint')}>{format.day(day)}</td>
      <th scope="row" className="text-left font-normal break-words">
        {item ?? t('wholeDay')}
      </th>
      <td className="text-right">
        {billedNanos === null ? '–' : <AmountText amount={{ exactness: 'reported', costNanos: billedNanos }} />}
      </td>
      <td className="text-right">
        <AmountTotalText total={booked} />
      </td>
      <td className="text-right">{differenceNanos === null ? '–' : <DifferenceText nanos={differenceNanos} />}</td>
      <td className={reasonCell}>
        <DifferenceReasons comparison={comparison} />
      </td>
    </tr>
  );
}
