import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useState } from 'react';
import type { BranchEntry } from '../../../../shared/contract/conversations.ts';
import { goTo } from '../../../navigation/place.ts';
import { queries } from '../../../rpc/queries.ts';
import { useCurrentMatch } from './find-store.ts';
import { useMarkedHits } from './use-marked-hits.ts';

const none: readonly string[] = [];

/** What was found in a conversation, where one is among it, and the ways on. Shows the first match by itself. */
export function useFind(conversationId: string, branch: readonly BranchEntry[], isJumping: boolean) {
  const [query, setQuery] = useState('');
  const words = useDeferredValue(query.trim());
  const isAsked = words !== '';
  const { data, error, isPlaceholderData, isFetching } = useQuery({
    ...queries.conversationFind({ conversationId, query: words }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  });
  const hits = isAsked ? data : undefined;
  const messageIds = hits?.messageIds ?? none;
  const [startIndex] = useState(() => lastDrawnIndex(branch));
  const [chosenId, setChosenId] = useState<string | null>(null);
  const currentId = chosenId !== null && messageIds.includes(chosenId) ? chosenId : nearest(messageIds, branch, startIndex);
  useEffect(() => {
    useCurrentMatch.setState({ messageId: currentId });
    return () => useCurrentMatch.setState({ messageId: null });
  }, [currentId]);
  useMarkedHits({ pattern: hits?.pattern ?? null, messageIds, currentId, isJumping });

  function show(messageId: string): void {
    setChosenId(messageId);
    goTo({ name: 'chat', conversationId, messageId }, { replace: true });
  }
  const isCurrent = isAsked && !isPlaceholderData;
  const firstId = isCurrent ? currentId : null;
  useEffect(() => {
    if (firstId !== null) goTo({ name: 'chat', conversationId, messageId: firstId }, { replace: true });
  }, [firstId, conversationId]);

  const index = currentId === null ? -1 : messageIds.indexOf(currentId);
  const count = hits?.count ?? 0;
  return {
    query,
    setQuery(text: string) {
      setQuery(text);
      setChosenId(null);
    },
    /** 1 is the oldest; 0: nothing was found. Only the newest can be gone through, so these may begin later. */
    position: index < 0 ? 0 : count - messageIds.length + index + 1,
    count,
    isSearching: isAsked && (isFetching || words !== query.trim()) && hits === undefined,
    error: isAsked ? error : null,
    /** To the next (1) or previous (-1) match, and round from the last to the first. */
    move(step: 1 | -1): void {
      const to = messageIds.at((index + step) % messageIds.length);
      if (to !== undefined) show(to);
    },
  };
}

/** The last match before the reader's place, else the first after it. */
function nearest(messageIds: readonly string[], branch: readonly BranchEntry[], startIndex: number): string | null {
  const found = new Set(messageIds);
  const before = branch.slice(0, startIndex + 1).findLast(({ id }) => found.has(id));
  return before?.id ?? messageIds[0] ?? null;
}

/** How far the reader has come: the last message that is drawn. */
function lastDrawnIndex(branch: readonly BranchEntry[]): number {
  const drawn = new Set(Array.from(document.querySelectorAll<HTMLElement>('[data-message-id]'), ({ dataset }) => dataset['messageId']));
  return branch.findLastIndex(({ id }) => drawn.has(id));
}
