import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../shared/contract/conversations.ts';
import { useLatest } from '../../lib/use-latest.ts';
import { ConversationRow } from './conversation-row.tsx';
import { FolderRow } from './folder-row.tsx';
import { keyOfRow, type HistoryRow } from './history-rows.ts';
import { selectUpTo, toggleSelected } from './selection-store.ts';
import { useFolderActions, type FolderActions } from './use-folder-actions.ts';
import { useHistoryActions, type HistoryActions } from './use-history-actions.ts';

/** Rows from the end at which what comes next is read. */
const readAheadRows = 10;

interface HistoryListProps {
  name: string;
  rows: readonly HistoryRow[];
  openId: string | null;
  onNearEnd: () => void;
  onShowMore: (folderId: string | null) => void;
}

/** The rows of the history, of which only those in view are drawn. */
export function HistoryList({ name, rows, openId, onNearEnd, onShowMore }: HistoryListProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its result is used here only, never memoised
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: (index) => (rows[index]?.type === 'heading' ? 34 : 33),
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : keyOfRow(row);
    },
    overscan: 10,
    paddingEnd: 8,
  });
  const items = virtual.getVirtualItems();
  const isNearEnd = (items.at(-1)?.index ?? 0) >= rows.length - readAheadRows;
  const latest = useLatest({ onNearEnd, onShowMore, rows });
  useEffect(() => {
    if (isNearEnd) latest.current.onNearEnd();
    // More rows than before may still end near.
  }, [isNearEnd, rows.length, latest]);
  // The focus stays where "Show more" was: on the first of those that came.
  const focusIndex = useRef<number | null>(null);
  useEffect(() => {
    if (focusIndex.current === null) return;
    scrollRef.current?.querySelector<HTMLElement>(`[data-index="${String(focusIndex.current)}"] a`)?.focus();
    focusIndex.current = null;
  }, [rows.length]);
  const handleShowMore = useCallback(
    (folderId: string | null) => {
      const { rows: shown, onShowMore: showMore } = latest.current;
      focusIndex.current = shown.findIndex((row) => row.type === 'more' && row.folderId === folderId);
      showMore(folderId);
    },
    [latest],
  );
  const handleSelect = useCallback(
    (conversation: Conversation, isRange: boolean) => {
      if (!isRange) return toggleSelected(conversation);
      const listed = latest.current.rows.flatMap((row) => (row.type === 'conversation' ? [row.conversation] : []));
      selectUpTo(conversation, listed);
    },
    [latest],
  );
  const shared = {
    openId,
    actions: useHistoryActions(),
    folderActions: useFolderActions(),
    onShowMore: handleShowMore,
    onSelect: handleSelect,
  };
  return (
    <nav aria-label={name} ref={scrollRef} className="h-full overflow-y-auto px-2">
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ key, index, start, size }) => {
          const row = rows[index];
          return (
            <li
              key={key}
              data-index={index}
              className="absolute inset-x-0 top-0"
              style={{ height: size, transform: `translateY(${String(start)}px)` }}
            >
              {row !== undefined && <Row row={row} {...shared} />}
            </li>
          );
        })}
      </ul>
    </nav>
  );
}

interface RowProps {
  row: HistoryRow;
  openId: string | null;
  actions: HistoryActions;
  folderActions: FolderActions;
  onShowMore: (folderId: string | null) => void;
  onSelect: (conversation: Conversation, isRange: boolean) => void;
}

function Row({ row, openId, actions, folderActions, onShowMore, onSelect }: RowProps) {
  const { t } = useTranslation('history');
  switch (row.type) {
    case 'heading':
      return <h2 className="flex h-full items-end px-2.5 pb-1 text-xs font-medium text-faint">{t(`group.${row.group}`)}</h2>;
    case 'folder':
      return <FolderRow folder={row.folder} actions={folderActions} />;
    case 'emptyFolder':
      return <p className="flex h-8 items-center pl-8 text-sm text-faint">{t('folder.empty')}</p>;
    case 'more':
      return (
        <button
          type="button"
          className="focus-inset flex h-8 w-full items-center rounded-md pl-8 text-sm text-muted hover:bg-hover hover:text-ink"
          onClick={() => onShowMore(row.folderId)}
        >
          {t('folder.more')}
        </button>
      );
    case 'conversation':
      return (
        <ConversationRow
          conversation={row.conversation}
          isOpen={row.conversation.id === openId}
          isFiled={row.isFiled}
          actions={actions}
          onSelect={onSelect}
        />
      );
  }
}
