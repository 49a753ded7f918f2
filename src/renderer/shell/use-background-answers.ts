import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useLatest } from '../lib/use-latest.ts';
import { goTo, type Place } from '../navigation/place.ts';
import { onEndedAnswer, type EndedAnswer } from '../rpc/ended-answers.ts';
import { queries } from '../rpc/queries.ts';
import { markRead, markUnread } from '../runs/unread-store.ts';

/**
 * Marks conversations whose answer ended while nobody looked, and tells the system where the person has allowed it.
 */
export function useBackgroundAnswers(place: Place): void {
  const { t } = useTranslation(['palette', 'chat']);
  const isWanted = useQuery(queries.settings()).data?.notifyWhenAnswered ?? false;
  const openId = place.name === 'chat' ? place.conversationId : null;
  const latest = useLatest({ openId, isWanted, t });

  useEffect(
    () =>
      onEndedAnswer(({ conversationId, title }) => {
        const { openId, isWanted, t } = latest.current;
        if (!document.hidden && conversationId === openId) return;
        markUnread(conversationId);
        const named = { conversationId, title: title || t('chat:conversation.untitled') };
        if (document.hidden && isWanted) notify(named, t('notify.done'));
      }),
    [latest],
  );

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
function notify({ conversationId, title }: EndedAnswer, body: string): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const notification = new Notification(title, { body, tag: conversationId });
  notification.addEventListener('click', () => {
    window.focus();
    notification.close();
    goTo({ name: 'chat', conversationId, messageId: null });
  });
}
