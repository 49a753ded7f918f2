import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../shared/contract/conversations.ts';
import { useLatest } from '../lib/use-latest.ts';
import { goTo, type Place } from '../navigation/place.ts';
import { queries } from '../rpc/queries.ts';
import { endedRuns } from '../runs/ended-runs.ts';
import { markRead, markUnread } from '../runs/unread-store.ts';

const noConversations: readonly Conversation[] = [];

/**
 * Marks conversations whose answer ended while nobody looked, and tells the system where the person has allowed it.
 */
export function useBackgroundAnswers(place: Place): void {
  const { t } = useTranslation(['palette', 'chat']);
  const list = useInfiniteQuery(queries.conversations());
  const conversations = useMemo(() => list.data?.pages.flatMap((page) => page.conversations) ?? noConversations, [list.data]);
  const isWanted = useQuery(queries.settings()).data?.notifyWhenAnswered ?? false;
  const openId = place.name === 'chat' ? place.conversationId : null;
  const latest = useLatest({ openId, isWanted, t });
  const before = useRef<readonly Conversation[]>(noConversations);

  useEffect(() => {
    for (const conversation of endedRuns(before.current, conversations)) {
      const { openId, isWanted, t } = latest.current;
      if (!document.hidden && conversation.id === openId) continue;
      markUnread(conversation.id);
      if (document.hidden && isWanted) notify(conversation, conversation.title || t('chat:conversation.untitled'), t('notify.done'));
    }
    before.current = conversations;
  }, [conversations, latest]);

  useEffect(() => {
    const look = () => {
      if (openId !== null && !document.hidden) markRead(openId);
    };
    look();
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, [openId]);
}

/** Where it was not allowed, or is not there, nothing happens. */
function notify({ id }: Conversation, title: string, body: string): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const notification = new Notification(title, { body, tag: id });
  notification.addEventListener('click', () => {
    window.focus();
    notification.close();
    goTo({ name: 'chat', conversationId: id, messageId: null });
  });
}
