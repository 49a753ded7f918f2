import { useMutation, useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useDeferredValue, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { OwnPrice } from '../../../../shared/contract/prices.ts';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { Page } from '../../../components/page.tsx';
import { Button } from '../../../components/ui/button.tsx';
import { Input } from '../../../components/ui/input.tsx';
import { Segments } from '../../../components/ui/segments.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { useToday } from '../../../lib/use-today.ts';
import { goTo, type PricedModel } from '../../../navigation/place.ts';
import { mutation, queries } from '../../../rpc/queries.ts';
import { SpendViews } from '../spend-views.tsx';
import { EarlierCallsDialog } from './earlier-calls-dialog.tsx';
import { PriceDialog, type PriceDraft } from './price-dialog.tsx';
import { PriceFileMenu } from './price-file-menu.tsx';
import { PriceListLine } from './price-list-line.tsx';
import { priceFilters, priceRowsOf, type PriceFilter } from './price-rows.ts';
import { PriceTable } from './price-table.tsx';

/** What the dialog is open with: an own price to change, or the beginnings of a new one. */
interface Opened {
  readonly draft: PriceDraft;
  readonly edited: OwnPrice | null;
}

const nothingTexts = { all: 'nothing', used: 'nothing', own: 'nothingOwn', unpriced: 'nothingUnpriced' } as const;

function useRemoval(): (price: OwnPrice) => void {
  const { t } = useTranslation('prices');
  const common = useTranslation('common').t;
  const sentenceOf = useErrorSentence();
  const onError = (error: unknown) => void toast.error(sentenceOf(failureOf(error)).title);
  const set = useMutation({ ...mutation('prices.set'), onError });
  const remove = useMutation({ ...mutation('prices.remove'), onError });
  return (price) => {
    const { providerId, model, validFrom } = price;
    const undo = { label: common('undo'), onClick: () => set.mutate(price) };
    const onSuccess = () => void toast(t('removed', { model }), { action: undo });
    remove.mutate({ providerId, model, validFrom }, { onSuccess });
  };
}

/** Every price there is, by who sells it; the user's own are set here. `priceOf`: the model a price is to be set for at once. */
export function PricesPage({ priceOf }: { priceOf: PricedModel | null }) {
  const { t } = useTranslation('prices');
  const today = useToday();
  const scrollRef = useRef<HTMLDivElement>(null);
  const [filter, setFilter] = useState<PriceFilter>('all');
  const [search, setSearch] = useState('');
  const [earlierOf, setEarlierOf] = useState<OwnPrice | null>(null);
  const [opened, setOpened] = useState<Opened | null>(priceOf === null ? null : { draft: priceOf, edited: null });
  const book = useQuery(queries.priceBook());
  const canSet = useQuery(queries.providers()).data?.providers.some(({ kind }) => kind === 'remote') === true;
  const removePrice = useRemoval();
  const words = useDeferredValue(search);
  const rows = useMemo(
    () => (book.data === undefined ? [] : priceRowsOf(book.data, filter, words, today)),
    [book.data, filter, words, today],
  );
  const close = () => {
    setOpened(null);
    // The address would open it again.
    if (priceOf !== null) goTo({ name: 'spend', view: 'prices' }, { replace: true });
  };
  const actions = (
    <>
      <PriceFileMenu />
      <Button
        size="sm"
        disabled={!canSet}
        title={canSet ? undefined : t('noProvider')}
        onClick={() => setOpened({ draft: {}, edited: null })}
      >
        <Plus className="size-4" aria-hidden />
        {t('set')}
      </Button>
    </>
  );
  return (
    <Page title={t('title')} scrollRef={scrollRef} toolbar={<SpendViews current="prices" />} actions={actions}>
      <p className="mb-4 max-w-3xl text-pretty text-muted">{t('description')}</p>
      {book.data !== undefined && <PriceListLine list={book.data.list} />}
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Input
          type="search"
          aria-label={t('search')}
          placeholder={t('search')}
          value={search}
          maxLength={200}
          onChange={(event) => setSearch(event.target.value)}
          className="w-72 max-w-full"
        />
        <Segments
          label={t('filter.label')}
          value={filter}
          options={priceFilters.map((value) => ({ value, label: t(`filter.${value}`) }))}
          onChange={setFilter}
        />
      </div>
      {book.isPending && <Skeleton className="h-96 w-full" />}
      {book.isError && <ErrorMessage failure={failureOf(book.error)} onRetry={() => void book.refetch()} />}
      {book.isSuccess && rows.length === 0 && (
        <p className="py-16 text-center text-pretty text-muted">{t(words.trim() === '' ? nothingTexts[filter] : 'nothing')}</p>
      )}
      {rows.length > 0 && (
        <PriceTable
          rows={rows}
          scrollRef={scrollRef}
          onSet={(draft) => setOpened({ draft, edited: null })}
          onEdit={(price) => setOpened({ draft: price, edited: price })}
          onRemove={removePrice}
          onPriceEarlier={setEarlierOf}
        />
      )}
      {earlierOf !== null && <EarlierCallsDialog own={earlierOf} onClose={() => setEarlierOf(null)} />}
      {opened !== null && <PriceDialog draft={opened.draft} edited={opened.edited} onClose={close} />}
    </Page>
  );
}
