import type { QueryClient } from '@tanstack/react-query';

/** Reads a conversation's branch again, and of its messages those on the screen; the others when they are looked at. */
export async function refreshConversation(client: QueryClient, conversationId: string): Promise<void> {
  const routes = ['conversations.open', 'conversations.messages'];
  await Promise.all(routes.map((route) => client.invalidateQueries({ queryKey: [route, { conversationId }] })));
}
