import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { LongTableBody } from '../../../components/long-table-body.tsx';
import { cn } from '../../../lib/cn.ts';
import { PriceBookRow, priceGrid, widePriceCell, type PriceActions } from './price-row.tsx';
import type { PriceRow } from './price-rows.ts';

const columns = ['model', 'input', 'cached', 'written', 'output', 'source', 'actions'] as const;
const wide: ReadonlySet<string> = new Set(['cached', 'written', 'source']);
const numbers: ReadonlySet<string> = new Set(['input', 'cached', 'written', 'output']);

interface PriceTableProps extends PriceActions {
  rows: readonly PriceRow[];
  scrollRef: RefObject<HTMLDivElement | null>;
}

/** The price book as a table, drawn only where it is in sight. */
export function PriceTable({ rows, scrollRef, ...actions }: PriceTableProps) {
  const { t } = useTranslation('prices');
  return (
    <table aria-label={t('table')} className="block rounded-lg border">
      <thead className="block">
        <tr className={cn(priceGrid, 'border-b px-3 py-1.5 text-sm text-muted')}>
          {columns.map((column) => (
            <th
              key={column}
              scope="col"
              className={cn('text-left font-normal', numbers.has(column) && 'text-right', wide.has(column) && widePriceCell)}
            >
              <span className={cn(column === 'actions' && 'sr-only')}>{t(`column.${column}`)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <LongTableBody count={rows.length} estimatedHeightPx={40} scrollRef={scrollRef} keyOf={(index) => rows[index]?.key ?? ''}>
        {(index, placement) => {
          const row = rows[index];
          return row === undefined ? null : <PriceBookRow row={row} placement={placement} {...actions} />;
        }}
      </LongTableBody>
    </table>
  );
}
