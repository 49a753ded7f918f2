import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { DocumentInfo } from '../../../shared/contract/documents.ts';
import { Badge } from '../../components/ui/badge.tsx';
import { Progress } from '../../components/ui/progress.tsx';
import { useFormat } from '../../lib/format.ts';

/** A bar with its words above. */
export function ProgressState({ text, value }: { text: string; value: number | null }) {
  return (
    <div className="flex w-full max-w-40 flex-col gap-1">
      <span className="truncate text-sm text-muted tabular">{text}</span>
      <Progress value={value} label={text} valueText={text} />
    </div>
  );
}

/** How far a document has come, in a word, with a bar while something is going on. */
export function DocumentState({ document }: { document: DocumentInfo }) {
  const { t } = useTranslation('documents');
  const format = useFormat();
  switch (document.status) {
    case 'queued':
      return <span className="text-sm text-muted">{t('state.queued')}</span>;
    case 'reading':
      return <ProgressState text={t('state.reading')} value={null} />;
    case 'embedding': {
      const text = t('state.embedding', { done: format.count(document.embeddedCount), all: format.count(document.passageCount) });
      return <ProgressState text={text} value={document.passageCount === 0 ? null : document.embeddedCount / document.passageCount} />;
    }
    case 'waiting':
      return <Badge tone="accent">{t('state.waiting')}</Badge>;
    case 'failed':
      return <Badge tone="danger">{t('state.failed')}</Badge>;
    case 'ready':
      if (!document.hasVectors) return <Badge>{t('state.keywordsOnly')}</Badge>;
      return (
        <span className="flex items-center gap-1.5 text-sm text-muted">
          <Check className="size-3.5 text-ok" aria-hidden />
          {t('state.ready')}
        </span>
      );
  }
}
