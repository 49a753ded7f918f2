import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { LongTableBody } from '../../components/long-table-body.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { cn } from '../../lib/cn.ts';
import { queries } from '../../rpc/queries.ts';
import { callGrid, CallRow, wideCallCell } from './call-row.tsx';

const columns = ['time', 'purpose', 'model', 'conversation', 'input', 'cached', 'output', 'cost'] as const;
const alwaysShown: ReadonlySet<string> = new Set(['time', 'purpose', 'model', 'cost']);
const numbers: ReadonlySet<string> = new Set(['input', 'cached', 'output', 'cost']);

function Head() {
  const { t } = useTranslation('spend');
  return (
    <thead className="block">
      <tr className={cn(callGrid, 'border-b px-3 py-1.5 text-sm text-muted')}>
        {columns.map((column) => (
          <th
            key={column}
            scope="col"
            className={cn(
              'text-left font-normal whitespace-nowrap',
              numbers.has(column) && 'text-right',
              !alwaysShown.has(column) && wideCallCell,
            )}
          >
            {t(`calls.${column}`)}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface CallTableProps {
  query: Parameters<typeof queries.spendRecords>[0];
  scrollRef: RefObject<HTMLDivElement | null>;
}

/** The calls asked for, newest first, a page at a time. */
export function CallTable({ query, scrollRef }: CallTableProps) {
  const { t } = useTranslation('spend');
  const list = useInfiniteQuery(queries.spendRecords(query));
  const records = useMemo(() => list.data?.pages.flatMap((page) => page.records) ?? [], [list.data]);
  if (list.isPending) return <Skeleton className="h-40 w-full" />;
  if (list.isError && records.length === 0) {
    return <ErrorMessage failure={failureOf(list.error)} onRetry={() => void list.refetch()} />;
  }
  return (
    <>
      <table aria-labelledby="calls-title" className="block rounded-lg border">
        <Head />
        <LongTableBody count={records.length} estimatedHeightPx={54} scrollRef={scrollRef} keyOf={(index) => records[index]?.id ?? ''}>
          {(index, placement) => {
            const record = records[index];
            return record === undefined ? null : <CallRow record={record} placement={placement} />;
          }}
        </LongTableBody>
      </table>
      {list.hasNextPage && (
        <div className="mt-3 flex justify-center">
          <Button onClick={() => void list.fetchNextPage()} busy={list.isFetchingNextPage}>
            {t('calls.more')}
          </Button>
        </div>
      )}
      {list.isFetchNextPageError && (
        <ErrorMessage className="mt-3" failure={failureOf(list.error)} onRetry={() => void list.fetchNextPage()} />
      )}
    </>
  );
}
