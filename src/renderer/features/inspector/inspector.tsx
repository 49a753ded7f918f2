import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Tabs } from '../../components/ui/tabs.tsx';
import { closeInspector, openInspector, useInspector, type InspectorSubject } from '../../navigation/inspector-store.ts';
import { queries } from '../../rpc/queries.ts';
import { useRun } from '../../runs/run-store.ts';
import { ReceiptPanel } from './receipt.tsx';
import { SourcesPanel } from './sources.tsx';
import { TracePanel } from './trace/trace-panel.tsx';

/** What stands behind one answer: what it cost, what it rests on, how that was found. */
export function Inspector() {
  const { t } = useTranslation('shell');
  const subject = useInspector((state) => state.subject);
  return (
    <div className="relative flex h-full min-h-0 flex-col bg-canvas">
      {subject === null ? <p className="p-4 pr-14 text-muted">{t('inspector.nothing')}</p> : <AnswerDetails subject={subject} />}
      <IconButton
        size="sm"
        className="absolute top-2.5 right-3"
        label={t('inspector.close')}
        shortcut="Mod+."
        tooltipSide="left"
        onClick={closeInspector}
      >
        <X className="size-4" aria-hidden />
      </IconButton>
    </div>
  );
}

function AnswerDetails({ subject }: { subject: InspectorSubject }) {
  const { t } = useTranslation('shell');
  const { tab, sourceOrdinal } = useInspector();
  const { data: stored = null } = useQuery(queries.message(subject.conversationId, subject.messageId));
  const message = useRun(stored?.runId ?? null)?.message ?? stored;
  if (message === null) return <p className="p-4 pr-14 text-muted">{t('inspector.nothing')}</p>;
  const sourcesLabel =
    message.sources.length === 0 ? t('inspector.sources') : `${t('inspector.sources')} ${String(message.sources.length)}`;
  return (
    <Tabs
      label={t('inspector.name')}
      value={tab}
      onChange={(next) => openInspector(subject, next, sourceOrdinal)}
      className="h-full"
      listClassName="h-12 items-end px-3 pr-12"
      panelClassName="overflow-y-auto"
      tabs={[
        {
          value: 'receipt',
          label: t('inspector.receipt'),
          panel: <ReceiptPanel receipt={message.receipt} sources={message.sources} isImported={message.imported !== null} />,
        },
        {
          value: 'sources',
          label: sourcesLabel,
          panel: <SourcesPanel subject={subject} sources={message.sources} answer={message.text} openOrdinal={sourceOrdinal} />,
        },
        { value: 'trace', label: t('inspector.trace'), panel: <TracePanel subject={subject} message={message} /> },
      ]}
    />
  );
}
