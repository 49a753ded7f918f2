import { ArrowDown, ArrowUp } from 'lucide-react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentInfo } from '../../../shared/contract/documents.ts';
import { LongTableBody } from '../../components/long-table-body.tsx';
import { cn } from '../../lib/cn.ts';
import { sortKeys, type DocumentOrder, type SortKey } from './document-order.ts';
import { DocumentRow, rowGrid, wideCell } from './document-row.tsx';

const alwaysShown: ReadonlySet<SortKey> = new Set(['name', 'status', 'cost']);
const startsAscending: ReadonlySet<SortKey> = new Set(['name', 'status']);

interface HeadProps {
  order: DocumentOrder;
  onOrder: (order: DocumentOrder) => void;
}

function Head({ order, onOrder }: HeadProps) {
  const { t } = useTranslation('documents');
  return (
    <thead className="block">
      <tr className={cn(rowGrid, 'border-b px-3 text-sm text-muted')}>
        {sortKeys.map((key) => {
          const isSorted = order.key === key;
          const isNumber = !startsAscending.has(key);
          const Arrow = order.descending ? ArrowDown : ArrowUp;
          return (
            <th
              key={key}
              scope="col"
              aria-sort={isSorted ? (order.descending ? 'descending' : 'ascending') : 'none'}
              className={cn('min-w-0 font-normal', !alwaysShown.has(key) && wideCell)}
            >
              <button
                type="button"
                onClick={() => onOrder({ key, descending: isSorted ? !order.descending : isNumber })}
                className={cn(
                  'focus-inset flex h-8 w-full items-center gap-1 rounded-sm whitespace-nowrap hover:text-ink',
                  isNumber && 'flex-row-reverse',
                  isSorted && 'font-medium text-ink',
                )}
              >
                {t(`column.${key}`)}
                {isSorted && <Arrow className="size-3 shrink-0" aria-hidden />}
              </button>
            </th>
          );
        })}
        <th scope="col">
          <span className="sr-only">{t('column.actions')}</span>
        </th>
      </tr>
    </thead>
  );
}

interface DocumentListProps extends HeadProps {
  documents: readonly DocumentInfo[];
  today: string;
  scrollRef: RefObject<HTMLDivElement | null>;
  /** null: there is nowhere else to move a document. */
  onMove: ((document: DocumentInfo) => void) | null;
}

/** The documents as a table that sorts. */
export function DocumentList({ documents, today, scrollRef, order, onOrder, onMove }: DocumentListProps) {
  const { t } = useTranslation('documents');
  return (
    <table aria-label={t('title')} aria-rowcount={documents.length + 1} className="block rounded-lg border">
      <Head order={order} onOrder={onOrder} />
      <LongTableBody count={documents.length} estimatedHeightPx={48} scrollRef={scrollRef} keyOf={(index) => documents[index]?.id ?? ''}>
        {(index, placement) => {
          const document = documents[index];
          return document === undefined ? null : <DocumentRow document={document} today={today} placement={placement} onMove={onMove} />;
        }}
      </LongTableBody>
    </table>
  );
}
