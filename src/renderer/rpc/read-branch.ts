import type { Message } from '../../shared/contract/chat.ts';
import type { Conversation } from '../../shared/contract/conversations.ts';
import { rpc } from './connection.ts';

const messagesAtOnce = 100;

/** A conversation and all messages of its open branch, oldest first. Throws AppError NOT_FOUND when there is no such conversation. */
export async function readBranch(
  conversationId: string,
  signal?: AbortSignal,
): Promise<{ readonly conversation: Conversation; readonly messages: readonly Message[] }> {
  const options = signal === undefined ? {} : { signal };
  const { conversation, branch } = await rpc.call('conversations.open', { conversationId }, options);
  const messages: Message[] = [];
  for (let at = 0; at < branch.length; at += messagesAtOnce) {
    const messageIds = branch.slice(at, at + messagesAtOnce).map(({ id }) => id);
    messages.push(...(await rpc.call('conversations.messages', { messageIds }, options)).messages);
  }
  return { conversation, messages };
}
