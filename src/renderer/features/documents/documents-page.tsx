import { useQuery } from '@tanstack/react-query';
import { FileSearch, Library, Search } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addTotals, emptyTotal } from '../../../shared/amount.ts';
import type { DocumentInfo } from '../../../shared/contract/documents.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Page } from '../../components/page.tsx';
import { Input } from '../../components/ui/input.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { useFormat } from '../../lib/format.ts';
import { useToday } from '../../lib/use-today.ts';
import { queries } from '../../rpc/queries.ts';
import { AddButtons } from './add-buttons.tsx';
import { DocumentList } from './document-list.tsx';
import { arrange, type DocumentOrder } from './document-order.ts';
import { DropZone } from './drop-zone.tsx';
import { UploadList } from './upload-list.tsx';
import { addFiles, useUploads } from './upload-store.ts';

function Summary({ documents }: { documents: readonly DocumentInfo[] }) {
  const { t } = useTranslation('documents');
  const format = useFormat();
  const passageCount = documents.reduce((sum, document) => sum + document.passageCount, 0);
  const total = documents.reduce((sum, document) => addTotals(sum, document.indexingTotal), emptyTotal);
  return (
    <p className="text-sm text-muted tabular">
      {t('summary', { count: documents.length, formatted: format.count(documents.length) })}
      {' · '}
      {t('passages', { count: passageCount, formatted: format.count(passageCount) })}
      {total.callCount > 0 && (
        <>
          {' · '}
          {t('indexingCost')} <AmountTotalText total={total} />
        </>
      )}
    </p>
  );
}

function NothingYet() {
  const { t } = useTranslation('documents');
  return (
    <EmptyState icon={<Library />} title={t('empty.title')} action={<AddButtons />}>
      <p>{t('empty.body')}</p>
      <p className="mt-3 text-sm">{t('empty.formats')}</p>
      <p className="mt-3 text-sm">{t('empty.orDrop')}</p>
    </EmptyState>
  );
}

function Loading() {
  return (
    <div className="flex flex-col gap-3">
      {[0, 1, 2, 3].map((row) => (
        <Skeleton key={row} className="h-11 w-full" />
      ))}
    </div>
  );
}

/** The documents Tally can search: add, watch them being read, sort, remove. */
export function DocumentsPage() {
  const { t, i18n } = useTranslation('documents');
  const list = useQuery(queries.documents());
  const hasUploads = useUploads((state) => state.uploads.length > 0);
  const [order, setOrder] = useState<DocumentOrder>({ key: 'addedAt', descending: true });
  const [query, setQuery] = useState('');
  const search = useDeferredValue(query);
  const scrollRef = useRef<HTMLDivElement>(null);
  const today = useToday();
  const documents = list.data?.documents;
  const arranged = useMemo(() => arrange(documents ?? [], order, search, i18n.language), [documents, order, search, i18n.language]);
  const isEmpty = documents?.length === 0;

  return (
    <Page title={t('title')} scrollRef={scrollRef} actions={isEmpty && !hasUploads ? undefined : <AddButtons />}>
      <DropZone onFiles={addFiles} />
      <UploadList />
      {list.isPending && <Loading />}
      {list.isError && <ErrorMessage failure={failureOf(list.error)} onRetry={() => void list.refetch()} />}
      {isEmpty && !hasUploads && <NothingYet />}
      {documents !== undefined && documents.length > 0 && (
        <>
          <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
            <Summary documents={documents} />
            <div className="relative w-60">
              <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" aria-hidden />
              <Input
                type="search"
                aria-label={t('search')}
                placeholder={t('search')}
                value={query}
                onChange={(event) => setQuery(event.target.value)}
                className="pl-8"
              />
            </div>
          </div>
          {arranged.length > 0 ? (
            <DocumentList documents={arranged} today={today} scrollRef={scrollRef} order={order} onOrder={setOrder} />
          ) : (
            <EmptyState icon={<FileSearch />} title={t('noMatch.title')}>
              {t('noMatch.body')}
            </EmptyState>
          )}
        </>
      )}
    </Page>
  );
}
