import { useQuery } from '@tanstack/react-query';
import { Archive, ArrowLeft } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationOrder } from '../../../shared/contract/conversations.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { useFormat } from '../../lib/format.ts';
import { queries } from '../../rpc/queries.ts';
import { HistoryList } from './history-list.tsx';
import { HistoryToolbar } from './history-toolbar.tsx';
import { SelectionBar } from './selection-bar.tsx';
import { clearSelection, useSelection } from './selection-store.ts';
import { useArchive, useHistory, type HistoryList as History } from './use-history.ts';

interface ConversationListProps {
  openId: string | null;
}

/** Every conversation, each with its cost: the pinned ones, folders, then all others; and behind a button what is archived. */
export function ConversationList({ openId }: ConversationListProps) {
  const [order, setOrder] = useState<ConversationOrder>('newest');
  const [isArchive, setIsArchive] = useState(false);
  const isSelecting = useSelection(({ conversations }) => conversations.length > 0);
  function showArchive(isShown: boolean): void {
    // What is selected is what one sees.
    clearSelection();
    setIsArchive(isShown);
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      {isSelecting ? (
        <SelectionBar />
      ) : isArchive ? (
        <ArchiveHead onBack={() => showArchive(false)} />
      ) : (
        <HistoryToolbar order={order} onOrder={setOrder} />
      )}
      <div className="min-h-0 flex-1">
        {isArchive ? <ArchivedConversations openId={openId} /> : <Conversations key={order} openId={openId} order={order} />}
      </div>
      {!isArchive && <ArchiveButton onOpen={() => showArchive(true)} />}
    </div>
  );
}

function Conversations({ openId, order }: ConversationListProps & { order: ConversationOrder }) {
  const { t } = useTranslation('history');
  return <Listed history={useHistory(order)} name={t('name')} empty={t('empty')} openId={openId} />;
}

function ArchivedConversations({ openId }: ConversationListProps) {
  const { t } = useTranslation('history');
  return <Listed history={useArchive('newest')} name={t('archiveList.title')} empty={t('archiveList.empty')} openId={openId} />;
}

interface ListedProps extends ConversationListProps {
  history: History;
  name: string;
  /** Said where there is nothing. */
  empty: string;
}

function Listed({ history, name, empty, openId }: ListedProps) {
  if (history.error !== null) return <ErrorMessage failure={failureOf(history.error)} onRetry={history.retry} className="m-2" />;
  if (history.isPending) return <LoadingRows />;
  if (history.rows.length === 0) return <p className="px-4 py-6 text-center text-sm text-pretty text-faint">{empty}</p>;
  return <HistoryList name={name} rows={history.rows} openId={openId} onNearEnd={history.readOn} onShowMore={history.showMore} />;
}

function LoadingRows() {
  return (
    <div className="flex flex-col gap-3 px-4 pt-4">
      {[70, 55, 80, 45, 65].map((width) => (
        <Skeleton key={width} className="h-4" />
      ))}
    </div>
  );
}

/** Leads to what is archived; not there while nothing is. */
function ArchiveButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation('history');
  const format = useFormat();
  const count = useQuery(queries.folders()).data?.archivedCount ?? 0;
  if (count === 0) return null;
  return (
    <div className="shrink-0 px-2 pb-1">
      <button
        type="button"
        className="focus-inset flex h-8 w-full items-center gap-2 rounded-md px-2.5 text-left text-sm text-muted hover:bg-hover hover:text-ink"
        onClick={onOpen}
      >
        <Archive className="size-4 shrink-0" aria-hidden />
        {t('archiveList.title')} <span className="text-xs text-faint tabular">{format.count(count)}</span>
      </button>
    </div>
  );
}

function ArchiveHead({ onBack }: { onBack: () => void }) {
  const { t } = useTranslation('history');
  return (
    <div className="flex h-8 shrink-0 items-center gap-1 px-2 pt-1">
      <IconButton size="sm" className="size-6" label={t('archiveList.back')} onClick={onBack}>
        <ArrowLeft className="size-4" aria-hidden />
      </IconButton>
      <h2 className="text-sm font-medium">{t('archiveList.title')}</h2>
    </div>
  );
}
