import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownWideNarrow, Check } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { Conversation, ConversationOrder } from '../../../shared/contract/conversations.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { Menu, MenuItem } from '../../components/ui/menu.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { useLatest } from '../../lib/use-latest.ts';
import { goTo } from '../../navigation/place.ts';
import { mutation, queries } from '../../rpc/queries.ts';
import { ConversationRow } from './conversation-row.tsx';
import { rowsOf, type HistoryRow } from './day-groups.ts';

const noConversations: readonly Conversation[] = [];

/** Every conversation, each with its cost: newest first by day, dearest first, or by title. */
export function ConversationList({ openId }: { openId: string | null }) {
  const [order, setOrder] = useState<ConversationOrder>('newest');
  return (
    <div className="flex h-full min-h-0 flex-col">
      <OrderMenu order={order} onChange={setOrder} />
      <div className="min-h-0 flex-1">
        <Conversations key={order} openId={openId} order={order} />
      </div>
    </div>
  );
}

const orders: readonly ConversationOrder[] = ['newest', 'dearest', 'title'];

function OrderMenu({ order, onChange }: { order: ConversationOrder; onChange: (order: ConversationOrder) => void }) {
  const { t } = useTranslation('history');
  return (
    <div className="flex shrink-0 justify-end px-2 pt-1">
      <Menu
        trigger={
          <Button
            size="sm"
            variant="ghost"
            className="h-6 gap-1 px-1.5 text-xs text-faint"
            aria-label={t('order.label', { order: t(`order.${order}`) })}
          >
            <ArrowDownWideNarrow className="size-3.5" aria-hidden />
            {t(`order.${order}`)}
          </Button>
        }
      >
        {orders.map((value) => (
          <MenuItem key={value} icon={value === order ? <Check /> : <span className="size-4" />} onSelect={() => onChange(value)}>
            {t(`order.${value}`)}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}

function Conversations({ openId, order }: { openId: string | null; order: ConversationOrder }) {
  const { t } = useTranslation('history');
  const list = useInfiniteQuery(queries.conversations(order));
  const conversations = useMemo(() => list.data?.pages.flatMap((page) => page.conversations) ?? noConversations, [list.data]);
  const rows = useMemo(
    () =>
      order === 'newest'
        ? rowsOf(conversations, Date.now())
        : conversations.map((conversation): HistoryRow => ({ type: 'conversation', conversation })),
    [conversations, order],
  );
  const actions = useConversationActions(openId);
  const scrollRef = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- its result is used here only, never memoised
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: (index) => (rows[index]?.type === 'heading' ? 34 : 33),
    getItemKey: (index) => {
      const row = rows[index];
      return row?.type === 'conversation' ? row.conversation.id : `${row?.group ?? ''}-${String(index)}`;
    },
    overscan: 10,
    paddingEnd: 8,
  });
  const items = virtual.getVirtualItems();
  const isNearEnd = (items.at(-1)?.index ?? 0) >= rows.length - 10;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  useEffect(() => {
    if (isNearEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isNearEnd, hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (list.isPending) return <LoadingRows />;
  if (list.isError) return <ErrorMessage failure={failureOf(list.error)} onRetry={() => void list.refetch()} className="m-2" />;
  if (rows.length === 0) return <p className="px-4 py-6 text-center text-sm text-pretty text-faint">{t('empty')}</p>;
  return (
    <nav aria-label={t('name')} ref={scrollRef} className="h-full overflow-y-auto px-2">
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ key, index, start, size }) => {
          const row = rows[index];
          return (
            <li key={key} className="absolute inset-x-0 top-0" style={{ height: size, transform: `translateY(${String(start)}px)` }}>
              {row?.type === 'heading' && (
                <h2 className="flex h-full items-end px-2.5 pb-1 text-xs font-medium text-faint">{t(`group.${row.group}`)}</h2>
              )}
              {row?.type === 'conversation' && (
                <ConversationRow conversation={row.conversation} isOpen={row.conversation.id === openId} {...actions} />
              )}
            </li>
          );
        })}
      </ul>
    </nav>
  );
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

/** Renaming, and deleting that can be undone. The functions keep their identity, so that rows are not drawn again. */
function useConversationActions(openId: string | null) {
  const { t } = useTranslation(['history', 'common']);
  const sentence = useErrorSentence();
  const { mutateAsync: rename } = useMutation(mutation('conversations.rename'));
  const { mutateAsync: remove } = useMutation(mutation('conversations.remove'));
  const { mutateAsync: restore } = useMutation(mutation('conversations.restore'));
  const latest = useLatest({ openId, sentence, t });

  const report = useCallback(
    (error: unknown) => {
      const { title, help } = latest.current.sentence(failureOf(error));
      toast.error(title, { description: help });
    },
    [latest],
  );
  const onRename = useCallback(
    (conversationId: string, title: string) => void rename({ conversationId, title }).catch(report),
    [rename, report],
  );
  const onRemove = useCallback(
    ({ id: conversationId, title }: Conversation) => {
      const wasOpen = latest.current.openId === conversationId;
      async function run(): Promise<void> {
        await remove({ conversationId });
        if (wasOpen) goTo({ name: 'chat', conversationId: null, messageId: null });
        async function undo(): Promise<void> {
          await restore({ conversationId });
          if (wasOpen) goTo({ name: 'chat', conversationId, messageId: null });
        }
        const { t } = latest.current;
        toast(t('deleted', { title: title || t('untitled') }), {
          description: t('deletedHelp'),
          duration: 10_000,
          action: { label: t('common:undo'), onClick: () => void undo().catch(report) },
        });
      }
      run().catch(report);
    },
    [remove, restore, report, latest],
  );
  return useMemo(() => ({ onRename, onRemove }), [onRename, onRemove]);
}
