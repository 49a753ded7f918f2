import { useMutation, useQuery } from '@tanstack/react-query';
import { Coins } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { IndexingQuote } from '../../../shared/contract/documents.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { IndexingLimit } from '../../components/indexing-limit.tsx';
import { Button } from '../../components/ui/button.tsx';
import { useFormat } from '../../lib/format.ts';
import { mutation, queries } from '../../rpc/queries.ts';

function Figures({ quote }: { quote: IndexingQuote }) {
  const { t } = useTranslation('documents');
  const format = useFormat();
  const counted = (count: number) => ({ count, formatted: format.count(count) });
  const figures = [
    t('price.files', counted(quote.fileCount)),
    ...(quote.pageCount > 0 ? [t('price.pages', counted(quote.pageCount))] : []),
    t('price.tokens', counted(quote.tokenCount)),
  ];
  return (
    <p className="tabular">
      {figures.join(' · ')}
      {' · '}
      <AmountTotalText total={quote.total} className="font-semibold" />
      {` · ${t('price.time', { time: format.duration(quote.durationMs) })}`}
    </p>
  );
}

/** Asks before files are sent to be embedded: how much it is, what it costs, how long it takes. Nothing while nothing waits. */
export function IndexingPrice({ readingCount }: { readingCount: number }) {
  const { t } = useTranslation('documents');
  const format = useFormat();
  const sentenceOf = useErrorSentence();
  const { data: quote } = useQuery(queries.indexingQuote());
  const onError = (error: unknown) => void toast.error(sentenceOf(failureOf(error)).title);
  const accept = useMutation({ ...mutation('documents.acceptIndexing'), onError });
  const decline = useMutation({ ...mutation('documents.declineIndexing'), onError });
  if (quote === undefined || quote === null) return null;
  const isBusy = accept.isPending || decline.isPending;
  return (
    <section aria-label={t('price.title')} className="mb-5 flex flex-col gap-3 rounded-lg border bg-raised p-4">
      <div className="flex items-start gap-3">
        <Coins className="mt-0.5 size-5 shrink-0 text-accent" aria-hidden />
        <div className="min-w-0">
          <h2 className="font-semibold">{t('price.title')}</h2>
          <p className="max-w-prose text-sm text-pretty text-muted">{t('price.body')}</p>
        </div>
      </div>
      <div className="pl-8">
        <Figures quote={quote} />
        {readingCount > 0 && (
          <p className="text-sm text-muted">{t('price.stillReading', { count: readingCount, formatted: format.count(readingCount) })}</p>
        )}
      </div>
      <div className="flex flex-wrap items-center justify-between gap-3 pl-8">
        <div className="flex gap-2">
          <Button variant="primary" busy={accept.isPending} disabled={isBusy} onClick={() => accept.mutate({ documentIds: null })}>
            {t('price.accept')}
          </Button>
          <Button busy={decline.isPending} disabled={isBusy} onClick={() => decline.mutate({ documentIds: null })}>
            {t('price.decline')}
          </Button>
        </div>
        <div className="flex items-center gap-2 text-sm text-muted">
          <span aria-hidden>{t('price.limit')}</span>
          <IndexingLimit className="w-auto" />
        </div>
      </div>
    </section>
  );
}
