import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Conversation, ConversationOrder } from '../../../shared/contract/conversations.ts';
import type { Folder } from '../../../shared/contract/folders.ts';
import type { LocalDay } from '../../lib/local-day.ts';
import { useToday } from '../../lib/use-today.ts';
import { queries } from '../../rpc/queries.ts';
import { historyRows, type HistoryRow, type Section } from './history-rows.ts';

const noFolders: readonly Folder[] = [];
const noConversations: readonly Conversation[] = [];

/** How pages of the pinned ones are counted, beside those of folders. */
const pinnedKey = '';

/** What a list of the history needs: its rows, and how to read on. */
export interface HistoryList {
  readonly rows: readonly HistoryRow[];
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  /** To be called where the end of the list comes near. */
  readonly readOn: () => void;
  /** Reads the next page of a folder; null: of the pinned ones. */
  readonly showMore: (folderId: string | null) => void;
}

/** The history but for the archive. */
export function useHistory(order: ConversationOrder): HistoryList {
  const loose = useInfiniteQuery(queries.conversations(order, 'loose'));
  const folders = useQuery(queries.folders());
  const [pageCounts, setPageCounts] = useState<Readonly<Record<string, number>>>({});
  const allFolders = folders.data?.folders ?? noFolders;
  const wanted = useMemo(() => {
    const openIds = allFolders.filter(({ isOpen }) => isOpen).map(({ id }) => id);
    return [pinnedKey, ...openIds].flatMap((key) => Array.from({ length: pageCounts[key] ?? 1 }, (_, page) => ({ key, page })));
  }, [allFolders, pageCounts]);
  const pages = useQueries({
    queries: wanted.map(({ key, page }) => queries.conversationPage(key === pinnedKey ? 'pinned' : { folderId: key }, order, page)),
    combine: (results) => results.map(({ data }) => data),
  });
  const looseData = loose.data;
  const today = useToday();
  const rows = useMemo(() => {
    const sections = new Map<string, Section>();
    for (const [index, { key }] of wanted.entries()) {
      const page = pages[index];
      if (page === undefined) continue;
      const before = sections.get(key)?.conversations ?? noConversations;
      sections.set(key, { conversations: [...before, ...page.conversations], hasMore: page.nextCursor !== null });
    }
    const pinned = sections.get(pinnedKey) ?? { conversations: noConversations, hasMore: false };
    const loosePages = looseData?.pages.flatMap((page) => page.conversations) ?? noConversations;
    return historyRows({ pinned, folders: allFolders, ofFolders: sections, loose: loosePages }, order, middayOf(today));
  }, [wanted, pages, allFolders, looseData, order, today]);
  return {
    rows,
    isPending: loose.isPending || folders.isPending || pages[0] === undefined,
    error: loose.error ?? folders.error,
    retry: () => void Promise.all([loose.refetch(), folders.refetch()]),
    readOn: () => readOn(loose),
    showMore: (folderId) => {
      const key = folderId ?? pinnedKey;
      setPageCounts((counts) => ({ ...counts, [key]: (counts[key] ?? 1) + 1 }));
    },
  };
}

/** An instant of a day, for whoever counts days from it. */
function middayOf(day: LocalDay): number {
  return Date.parse(`${day}T12:00:00`);
}

/** What is archived. */
export function useArchive(order: ConversationOrder): HistoryList {
  const list = useInfiniteQuery(queries.conversations(order, 'archived'));
  const { data } = list;
  const rows = useMemo(
    () =>
      (data?.pages ?? []).flatMap((page) =>
        page.conversations.map((conversation): HistoryRow => ({ type: 'conversation', conversation, isFiled: false })),
      ),
    [data],
  );
  return {
    rows,
    isPending: list.isPending,
    error: list.error,
    retry: () => void list.refetch(),
    readOn: () => readOn(list),
    showMore: () => undefined,
  };
}

function readOn(list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> }): void {
  if (list.hasNextPage && !list.isFetchingNextPage) void list.fetchNextPage();
}
