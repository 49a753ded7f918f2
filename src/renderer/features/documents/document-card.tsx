import { useQuery } from '@tanstack/react-query';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentCard as Card, DocumentInfo } from '../../../shared/contract/documents.ts';
import { AmountText, AmountTotalText } from '../../components/amount.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Popover } from '../../components/ui/popover.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { useFormat } from '../../lib/format.ts';
import { queries } from '../../rpc/queries.ts';

/** What a document consists of, what it was good for and what it has cost, behind the button that names it. */
export function DocumentCard({ document, trigger }: { document: DocumentInfo; trigger: ReactElement }) {
  const { t } = useTranslation('documents');
  return (
    <Popover label={t('card.open', { name: document.name })} trigger={trigger} className="w-[min(22rem,calc(100vw-1rem))]">
      <CardContent documentId={document.id} />
    </Popover>
  );
}

/** Asks when it is opened: only then is it worth counting. */
function CardContent({ documentId }: { documentId: string }) {
  const { data, error, refetch } = useQuery({ ...queries.documentCard(documentId), staleTime: 0 });
  if (error !== null) return <ErrorMessage failure={failureOf(error)} onRetry={() => void refetch()} />;
  return data === undefined ? <Skeleton className="h-56 w-full" /> : <Figures card={data} />;
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex items-baseline justify-between gap-6">
      <dt className="text-muted">{label}</dt>
      <dd className="text-right tabular">{children}</dd>
    </div>
  );
}

function Figures({ card }: { card: Card }) {
  const { t } = useTranslation('documents');
  const format = useFormat();
  const { document, embeddedCount } = card;
  const inAnswers = (count: number) => t('card.givenIn', { count, formatted: format.count(count) });
  return (
    <>
      <p className="mb-2 font-medium break-words">{document.name}</p>
      <dl className="flex flex-col gap-1 text-sm">
        <Line label={t('card.size')}>{format.bytes(document.sizeBytes)}</Line>
        <Line label={t('column.passageCount')}>{format.count(document.passageCount)}</Line>
        {embeddedCount !== null && (
          <Line label={t('card.vectors')}>
            {t('card.vectorsOf', { done: format.count(embeddedCount), all: format.count(document.passageCount) })}
          </Line>
        )}
        <Line label={t('column.cost')}>
          <AmountTotalText total={document.indexingTotal} full />
        </Line>
        {document.estimate !== null && (
          <Line label={t('card.estimate')}>
            <AmountText amount={document.estimate.amount} />
          </Line>
        )}
      </dl>
      <dl className="mt-2 flex flex-col gap-1 border-t pt-2 text-sm">
        <Line label={t('card.given')}>{inAnswers(card.givenCount)}</Line>
        <Line label={t('card.cited')}>{inAnswers(card.citedCount)}</Line>
        <Line label={t('card.promptTokens')}>
          {t('price.tokens', { count: card.promptTokens, formatted: format.count(card.promptTokens) })}
        </Line>
        <Line label={t('card.promptCost')}>
          <AmountTotalText total={card.promptTotal} full />
        </Line>
        <Line label={t('card.lastUsed')}>{card.lastUsedAt === null ? t('card.never') : format.shortDateTime(card.lastUsedAt)}</Line>
      </dl>
      <p className="mt-2 text-sm text-pretty text-faint">{t('card.promptCostHint')}</p>
    </>
  );
}
