import type { Message } from '../../../../shared/contract/chat.ts';
import type { UsageRecord } from '../../../../shared/contract/usage.ts';
import { rpc } from '../../../rpc/connection.ts';
import { groupReceipts, type ConversationReceipts } from './group-receipts.ts';

const messagesAtOnce = 100;
const recordsAtOnce = 500;
const everyDay = { from: '0001-01-01', to: '9999-12-31' } as const;

/** Reads what every call of a conversation has cost. Throws AppError NOT_FOUND when there is no such conversation. */
export async function readReceipts(conversationId: string, signal: AbortSignal): Promise<ConversationReceipts> {
  const { conversation, branch } = await rpc.call('conversations.open', { conversationId }, { signal });
  const messages: Message[] = [];
  for (let at = 0; at < branch.length; at += messagesAtOnce) {
    const messageIds = branch.slice(at, at + messagesAtOnce).map(({ id }) => id);
    messages.push(...(await rpc.call('conversations.messages', { messageIds }, { signal })).messages);
  }
  const records: UsageRecord[] = [];
  const part = { split: 'conversation', key: conversationId } as const;
  for (let before: string | null = null; ;) {
    const page: { records: UsageRecord[]; nextCursor: string | null } = await rpc.call(
      'spend.records',
      { ...everyDay, part, before, limit: recordsAtOnce },
      { signal },
    );
    records.push(...page.records);
    if (page.nextCursor === null) return groupReceipts(conversation.title, messages, records);
    before = page.nextCursor;
  }
}
