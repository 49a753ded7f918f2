import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../shared/contract/chat.ts';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { openInspector, type InspectorSubject } from '../../navigation/inspector-store.ts';
import { DocumentPassage } from './document-passage.tsx';

interface SourcesProps {
  subject: InspectorSubject;
  sources: readonly Source[];
  openOrdinal: number | null;
}

/** The passages the model was given; one of them in its document. */
export function SourcesPanel({ subject, sources, openOrdinal }: SourcesProps) {
  const { t } = useTranslation('shell');
  const open = sources.find(({ ordinal }) => ordinal === openOrdinal);
  if (sources.length === 0) return <p className="p-4 text-muted">{t('sources.none')}</p>;
  if (open !== undefined) {
    return (
      <div className="flex h-full min-h-0 flex-col">
        <div className="flex shrink-0 items-center gap-1 border-b py-1.5 pr-4 pl-2">
          <IconButton size="sm" label={t('sources.back')} tooltipSide="bottom" onClick={() => openInspector(subject, 'sources')}>
            <ArrowLeft className="size-4" aria-hidden />
          </IconButton>
          <SourceName source={open} />
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto">
          <DocumentPassage key={open.passageId} source={open} />
        </div>
      </div>
    );
  }
  return (
    <ol className="flex h-full flex-col gap-1 overflow-y-auto p-2">
      {sources.map((source) => (
        <li key={source.ordinal}>
          <button
            type="button"
            className="focus-inset flex w-full flex-col gap-1 rounded-lg p-2.5 text-left hover:bg-hover"
            onClick={() => openInspector(subject, 'sources', source.ordinal)}
          >
            <SourceName source={source} />
            <span className="line-clamp-3 text-sm wrap-anywhere text-muted">{source.text}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function SourceName({ source }: { source: Source }) {
  const { t } = useTranslation('shell');
  return (
    <span className="flex w-full min-w-0 items-center gap-2">
      <span className="flex size-5 shrink-0 items-center justify-center rounded bg-accent-soft text-xs font-semibold tabular text-accent">
        {source.ordinal}
      </span>
      <span className="min-w-0 truncate font-medium">{source.documentName}</span>
      {source.page !== null && <span className="shrink-0 text-sm text-muted">{t('sources.page', { page: source.page })}</span>}
    </span>
  );
}
