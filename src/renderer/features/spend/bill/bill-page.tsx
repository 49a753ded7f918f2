import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { FileCheck, Upload } from 'lucide-react';
import { useRef, useState, type DragEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf } from '../../../components/error-sentence.ts';
import { Page } from '../../../components/page.tsx';
import { Button } from '../../../components/ui/button.tsx';
import { FileInput } from '../../../components/ui/file-input.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { useFormat } from '../../../lib/format.ts';
import { queries } from '../../../rpc/queries.ts';
import { SpendViews } from '../spend-views.tsx';
import { BillFiles } from './bill-files.tsx';
import { BillTable } from './bill-table.tsx';
import { BillTotal } from './bill-total.tsx';
import { useBillImport } from './use-bill-import.ts';

/** The provider's bill beside Tally's book: import, what differs by day and model, and why. */
export function BillPage() {
  const { t } = useTranslation('bill');
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useQuery(queries.billFiles());
  const take = useBillImport();
  const scrollRef = useRef<HTMLDivElement>(null);
  const format = useFormat();
  const months = list.data?.months ?? [];
  const month = months.find((known) => known === chosen) ?? months[0] ?? null;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    void take([...event.dataTransfer.files]);
  };
  const hasFiles = (list.data?.files.length ?? 0) > 0;
  const isEmpty = list.isSuccess && !hasFiles;
  return (
    <Page
      title={t('title')}
      scrollRef={scrollRef}
      toolbar={<SpendViews current="bill" />}
      actions={hasFiles ? <ImportButton take={take} /> : undefined}
    >
      <div role="presentation" className="flex min-h-96 flex-col gap-4" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
        {list.isPending && <Skeleton className="h-48 rounded-lg" />}
        {list.isError && <ErrorMessage failure={failureOf(list.error)} onRetry={() => void list.refetch()} />}
        {isEmpty && (
          <EmptyState icon={<FileCheck />} title={t('empty.title')} action={<ImportButton take={take} primary />}>
            <p>{t('empty.body')}</p>
            <p className="mt-2 text-sm">{t('drop')}</p>
          </EmptyState>
        )}
        {hasFiles && (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="text-muted">{t('description')}</p>
            {month !== null && (
              <Select
                label={t('month')}
                value={month}
                options={months.map((value) => ({ value, label: format.month(value) }))}
                onChange={setChosen}
                className="w-44"
              />
            )}
          </div>
        )}
        {month !== null && <Month month={month} scrollRef={scrollRef} />}
        {list.data !== undefined && hasFiles && <BillFiles files={list.data.files} />}
      </div>
    </Page>
  );
}

function Month({ month, scrollRef }: { month: string; scrollRef: RefObject<HTMLDivElement | null> }) {
  const { t } = useTranslation('bill');
  const query = useQuery({ ...queries.billComparison(month), placeholderData: keepPreviousData });
  if (query.isPending) return <Skeleton className="h-48 rounded-lg" />;
  if (query.isError) return <ErrorMessage failure={failureOf(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <>
      <BillTotal total={query.data.total} />
      <BillTable comparisons={query.data.comparisons} scrollRef={scrollRef} />
      <p className="text-sm text-muted">{t('partial')}</p>
    </>
  );
}

function ImportButton({ take, primary = false }: { take: (files: readonly File[]) => Promise<void>; primary?: boolean }) {
  const { t } = useTranslation('bill');
  const inputRef = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant={primary ? 'primary' : 'secondary'} onClick={() => inputRef.current?.click()}>
        <Upload className="size-4" aria-hidden />
        {t('import')}
      </Button>
      <FileInput
        ref={inputRef}
        label={t('import')}
        accept=".csv,.json,.tsv,text/csv,application/json"
        multiple
        onFiles={(files) => void take(files)}
      />
    </>
  );
}
