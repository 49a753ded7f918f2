import { useQuery } from '@tanstack/react-query';
import { FileSearch, Library, Search } from 'lucide-react';
import { memo, useCallback, useDeferredValue, useMemo, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { addTotals, emptyTotal } from '../../../shared/amount.ts';
import type { DocumentInfo } from '../../../shared/contract/documents.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Page } from '../../components/page.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Input } from '../../components/ui/input.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { useFormat } from '../../lib/format.ts';
import { useToday } from '../../lib/use-today.ts';
import { queries } from '../../rpc/queries.ts';
import { AddButtons } from './add-buttons.tsx';
import { CollectionBar } from './collection-bar.tsx';
import { chooseCollection, useCollectionChoice } from './collection-choice.ts';
import { DocumentList } from './document-list.tsx';
import { arrange, type DocumentOrder } from './document-order.ts';
import { DropZone } from './drop-zone.tsx';
import { IndexingPrice } from './indexing-price.tsx';
import { IndexingWork } from './indexing-work.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { PageDialog } from './page-dialog.tsx';
import { UploadList } from './upload-list.tsx';
import { useUploads } from './upload-store.ts';
import { useCollections } from '../../components/use-collections.ts';

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

function NothingYet({ onAddPage }: { onAddPage: () => void }) {
  const { t } = useTranslation('documents');
  return (
    <EmptyState icon={<Library />} title={t('empty.title')} action={<AddButtons collectionId={null} onAddPage={onAddPage} />}>
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

interface ListedProps {
  /** Of every collection. */
  all: readonly DocumentInfo[];
  /** The one to list; null: all of them. */
  collectionId: string | null;
  canMove: boolean;
  scrollRef: RefObject<HTMLDivElement | null>;
}

/** The list with its figures and its search field. */
const Listed = memo(function Listed({ all, collectionId, canMove, scrollRef }: ListedProps) {
  const { t, i18n } = useTranslation('documents');
  const format = useFormat();
  const today = useToday();
  const [order, setOrder] = useState<DocumentOrder>({ key: 'addedAt', descending: true });
  const [query, setQuery] = useState('');
  const search = useDeferredValue(query);
  const [moving, setMoving] = useState<readonly DocumentInfo[] | null>(null);
  const documents = useMemo(
    () => all.filter((document) => collectionId === null || document.collectionId === collectionId),
    [all, collectionId],
  );
  const arranged = useMemo(() => arrange(documents, order, search, i18n.language), [documents, order, search, i18n.language]);
  const moveOne = useCallback((document: DocumentInfo) => setMoving([document]), []);
  const movingFrom = new Set(moving?.map((document) => document.collectionId));
  const [onlyFrom] = movingFrom;
  return (
    <>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <Summary documents={documents} />
        <div className="flex flex-wrap items-center gap-2">
          {canMove && search.trim() !== '' && arranged.length > 0 && (
            <Button onClick={() => setMoving(arranged)}>
              {t('move.these', { count: arranged.length, formatted: format.count(arranged.length) })}
            </Button>
          )}
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
      </div>
      {arranged.length > 0 ? (
        <DocumentList
          documents={arranged}
          today={today}
          scrollRef={scrollRef}
          order={order}
          onOrder={setOrder}
          onMove={canMove ? moveOne : null}
        />
      ) : (
        <EmptyState icon={<FileSearch />} title={t('noMatch.title')}>
          {t('noMatch.body')}
        </EmptyState>
      )}
      <MoveDialog
        documentIds={moving?.map(({ id }) => id) ?? null}
        fromId={collectionId ?? (movingFrom.size === 1 ? (onlyFrom ?? null) : null)}
        onClose={() => setMoving(null)}
      />
    </>
  );
});

const busy: ReadonlySet<string> = new Set(['queued', 'reading', 'embedding']);

/** The documents Tally can search: add, watch them being read, sort, remove, keep in collections. */
export function DocumentsPage() {
  const { t } = useTranslation('documents');
  const list = useQuery(queries.documents());
  const collections = useCollections();
  const wishedId = useCollectionChoice(({ chosenId }) => chosenId);
  const hasUploads = useUploads((state) => state.uploads.length > 0);
  const scrollRef = useRef<HTMLDivElement>(null);
  const [asksForPage, setAsksForPage] = useState(false);
  const chosen = collections.find(({ id }) => id === wishedId);
  const collectionId = chosen?.id ?? null;
  // While a folder is indexed the list changes several times a second: it is drawn when there is nothing more urgent.
  const documents = useDeferredValue(list.data?.documents);
  const isShown = documents?.some((document) => collectionId === null || document.collectionId === collectionId);
  const isNew = documents?.length === 0 && collections.length < 2 && !hasUploads;
  const leftCount = documents?.filter(({ status }) => busy.has(status)).length ?? 0;
  const readingCount = documents?.filter(({ status }) => status === 'queued' || status === 'reading').length ?? 0;

  return (
    <Page
      title={t('title')}
      scrollRef={scrollRef}
      actions={isNew ? undefined : <AddButtons collectionId={collectionId} onAddPage={() => setAsksForPage(true)} />}
      toolbar={isNew ? undefined : <CollectionBar collections={collections} chosenId={collectionId} onChoose={chooseCollection} />}
    >
      <DropZone collectionId={collectionId} />
      <UploadList />
      <IndexingPrice readingCount={readingCount} />
      <IndexingWork leftCount={leftCount} />
      {list.isPending && <Loading />}
      {list.isError && <ErrorMessage failure={failureOf(list.error)} onRetry={() => void list.refetch()} />}
      {isNew && <NothingYet onAddPage={() => setAsksForPage(true)} />}
      <PageDialog isOpen={asksForPage} collectionId={collectionId} onClose={() => setAsksForPage(false)} />
      {documents !== undefined && isShown === true && (
        // Another collection begins with an empty search field.
        <Listed key={collectionId} all={documents} collectionId={collectionId} canMove={collections.length > 1} scrollRef={scrollRef} />
      )}
      {isShown === false && chosen !== undefined && !hasUploads && (
        <EmptyState icon={<Library />} title={t('collections.emptyTitle', { name: chosen.name })}>
          {t('collections.emptyBody')}
        </EmptyState>
      )}
    </Page>
  );
}
