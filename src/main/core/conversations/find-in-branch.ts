import type { BranchHits } from '../../../shared/contract/conversations.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Db } from '../db/database.ts';
import { matchQuery } from '../db/search-terms.ts';
import type { ConversationStore } from './conversation-store.ts';
import { createHitFinder } from './find-hits.ts';
import type { MessageStore } from './message-store.ts';

/** Most messages that are named; of more than that, the newest. */
const maxFound = 2_000;

interface BranchFindDeps {
  readonly db: Db;
  readonly conversations: Pick<ConversationStore, 'get'>;
  readonly messages: Pick<MessageStore, 'outlineTo'>;
}

/**
 * Finds in the open branch of a conversation the messages the history search would find by the same query, in the order
 * of the branch. An answer that is still being written is found once it has ended. Throws AppError NOT_FOUND.
 */
export function createBranchFind({ db, conversations, messages }: BranchFindDeps) {
  const matching = db
    .prepare<[string, string], string>(`
    SELECT m.id FROM message_fts f
      CROSS JOIN message m ON m.row_id = f.rowid
    WHERE f.message_fts MATCH ? AND m.conversation_id = ? AND m.removed_with IS NULL`)
    .pluck();

  return (conversationId: string, query: string): BranchHits => {
    const conversation = conversations.get(conversationId);
    if (conversation === undefined) throw new AppError('NOT_FOUND', 'No such conversation.');
    const match = matchQuery(query, 'all');
    if (match === null || conversation.leafMessageId === null) return { messageIds: [], count: 0, pattern: null };
    // Other branches of the conversation are found too, and left out here.
    const found = new Set(matching.all(match, conversationId));
    const inBranch = found.size === 0 ? [] : messages.outlineTo(conversation.leafMessageId).filter(({ id }) => found.has(id));
    return {
      messageIds: inBranch.slice(-maxFound).map(({ id }) => id),
      count: inBranch.length,
      pattern: createHitFinder(query).pattern,
    };
  };
}
