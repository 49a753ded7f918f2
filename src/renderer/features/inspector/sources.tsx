import { ArrowLeft } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Source } from '../../../shared/contract/chat.ts';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { cn } from '../../lib/cn.ts';
import { citedOrdinals } from '../../../shared/split-citations.ts';
import { openInspector, type InspectorSubject } from '../../navigation/inspector-store.ts';
import { DocumentPassage } from './document-passage.tsx';

interface SourcesProps {
  subject: InspectorSubject;
  sources: readonly Source[];
  /** The answer, as Markdown. */
  answer: string;
  openOrdinal: number | null;
}

/** The passages the model was given, those it cites first; one of them in its document. */
export function SourcesPanel({ subject, sources, answer, openOrdinal }: SourcesProps) {
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
          <SourceName source={open} isCited />
        </div>
        <div className="min-h-0 flex-1">
          <DocumentPassage source={open} />
        </div>
      </div>
    );
  }
  const ordinals = citedOrdinals(answer);
  const isCited = ({ ordinal }: Source) => ordinals.has(ordinal);
  return (
    <div className="flex h-full flex-col gap-2 overflow-y-auto p-2">
      <SourceList subject={subject} title={t('sources.cited')} sources={sources.filter(isCited)} isCited />
      <SourceList subject={subject} title={t('sources.notCited')} sources={sources.filter((source) => !isCited(source))} isCited={false} />
    </div>
  );
}

interface SourceListProps {
  subject: InspectorSubject;
  title: string;
  sources: readonly Source[];
  isCited: boolean;
}

function SourceList({ subject, title, sources, isCited }: SourceListProps) {
  const id = useId();
  if (sources.length === 0) return null;
  return (
    <section aria-labelledby={id} className="flex flex-col gap-1">
      <h3 id={id} className="px-2.5 pt-1.5 text-xs font-medium text-faint">
        {title}
      </h3>
      <ol className="flex flex-col gap-1">
        {sources.map((source) => (
          <li key={source.ordinal}>
            <button
              type="button"
              className="focus-inset flex w-full flex-col gap-1 rounded-lg p-2.5 text-left hover:bg-hover"
              onClick={() => openInspector(subject, 'sources', source.ordinal)}
            >
              <SourceName source={source} isCited={isCited} />
              <span className="line-clamp-3 text-sm wrap-anywhere text-muted">{source.text}</span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  );
}

function SourceName({ source, isCited }: { source: Source; isCited: boolean }) {
  const { t } = useTranslation('shell');
  return (
    <span className="flex w-full min-w-0 items-center gap-2">
      <span
        className={cn(
          'flex size-5 shrink-0 items-center justify-center rounded text-xs font-semibold tabular',
          isCited ? 'bg-accent-soft text-accent' : 'border border-dashed border-line-strong text-muted',
        )}
      >
        {source.ordinal}
      </span>
      <span className="min-w-0 truncate font-medium">{source.documentName}</span>
      {source.page !== null && <span className="shrink-0 text-sm text-muted">{t('sources.page', { page: source.page })}</span>}
    </span>
  );
}
