import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { PassagePreview } from '../../../shared/contract/documents.ts';
import type { PassageSettings } from '../../../shared/contract/passage-settings.ts';
import { AmountText } from '../../components/amount.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Spinner } from '../../components/ui/spinner.tsx';
import { cn } from '../../lib/cn.ts';
import { useFormat } from '../../lib/format.ts';
import { queries } from '../../rpc/queries.ts';

interface PassagesPreviewProps {
  documentId: string;
  settings: PassageSettings;
}

/** A document as it would be cut: where passages begin and end, how large they are, and what reading all again would cost. */
export function PassagesPreview({ documentId, settings }: PassagesPreviewProps) {
  const { t } = useTranslation('passages');
  const preview = useQuery({ ...queries.passagePreview({ documentId, settings }), placeholderData: keepPreviousData, staleTime: 60_000 });
  if (preview.isError) return <ErrorMessage failure={failureOf(preview.error)} onRetry={() => void preview.refetch()} />;
  if (preview.data === undefined) {
    return (
      <output className="flex h-56 items-center justify-center gap-2 text-sm text-muted">
        <Spinner className="size-4" />
        {t('cutting')}
      </output>
    );
  }
  return (
    <div aria-busy={preview.isPlaceholderData} className={cn('flex flex-col gap-2', preview.isPlaceholderData && 'opacity-60')}>
      <Figures preview={preview.data} />
      <ol className="max-h-72 overflow-y-auto rounded-lg border" aria-label={t('document')}>
        {preview.data.passages.map((passage, index) => (
          <Passage key={`${passage.startOffset} ${index}`} number={index + 1} passage={passage} />
        ))}
      </ol>
      <Price reindex={preview.data.reindex} />
    </div>
  );
}

function Figures({ preview }: { preview: PassagePreview }) {
  const { t } = useTranslation('passages');
  const format = useFormat();
  const { passageCount, tokenCount, passages } = preview;
  const tokens = format.count(Math.round(tokenCount / Math.max(1, passageCount)));
  return (
    <output className="block text-sm text-muted tabular">
      {t('summary', { count: passageCount, formatted: format.count(passageCount), tokens })}
      {passages.length < passageCount && ` · ${t('shown', { formatted: format.count(passages.length) })}`}
    </output>
  );
}

function Passage({ number, passage }: { number: number; passage: PassagePreview['passages'][number] }) {
  const { t } = useTranslation('passages');
  const format = useFormat();
  const { text, page, headingPath, tokenCount } = passage;
  const place = [
    t('tokens', { count: tokenCount, formatted: format.count(tokenCount) }),
    ...(page === null ? [] : [t('page', { page: format.count(page) })]),
    ...(headingPath.length === 0 ? [] : [headingPath.join(' › ')]),
  ];
  return (
    <li className="border-b px-3 py-2 last:border-b-0">
      <p className="flex gap-2 text-sm text-muted tabular">
        <span className="font-medium text-ink">{t('passage', { number: format.count(number) })}</span>
        <span className="min-w-0 truncate">{place.join(' · ')}</span>
      </p>
      <p className="mt-1 text-sm wrap-anywhere whitespace-pre-wrap">{text}</p>
    </li>
  );
}

function Price({ reindex }: { reindex: PassagePreview['reindex'] }) {
  const { t } = useTranslation('passages');
  const format = useFormat();
  if (reindex === null) return <p className="text-sm text-muted">{t('withoutModel')}</p>;
  const { tokenCount, amount, durationMs } = reindex;
  const rest = [
    t('tokens', { count: tokenCount, formatted: format.count(tokenCount) }),
    t('priceTime', { time: format.duration(durationMs) }),
  ];
  return (
    <div className="text-sm text-muted tabular">
      <p>
        {t('price')} <AmountText amount={amount} className="font-semibold text-ink" /> · {rest.join(' · ')}
      </p>
      <p>{t('asked')}</p>
    </div>
  );
}
