import { create } from 'zustand';
import { persist } from 'zustand/middleware';

interface Ids {
  readonly ids: readonly string[];
}

/** Conversations with an answer nobody has looked at yet; kept from one start to the next. */
export const useUnread = create<Ids>()(persist((): Ids => ({ ids: [] }), { name: 'tally.unread' }));

export function markUnread(conversationId: string): void {
  useUnread.setState(({ ids }) => ({ ids: ids.includes(conversationId) ? ids : [...ids, conversationId] }));
}

export function markRead(conversationId: string): void {
  if (!useUnread.getState().ids.includes(conversationId)) return;
  useUnread.setState(({ ids }) => ({ ids: ids.filter((id) => id !== conversationId) }));
}
