import type { UsageRecord } from '../../../../shared/contract/usage.ts';
import { rpc } from '../../../rpc/connection.ts';
import { readBranch } from '../../../rpc/read-branch.ts';
import { groupReceipts, type ConversationReceipts } from './group-receipts.ts';

const recordsAtOnce = 500;
const everyDay = { from: '0001-01-01', to: '9999-12-31' } as const;

/** Reads what every call of a conversation has cost. Throws AppError NOT_FOUND when there is no such conversation. */
export async function readReceipts(conversationId: string, signal: AbortSignal): Promise<ConversationReceipts> {
  const { conversation, messages } = await readBranch(conversationId, signal);
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
