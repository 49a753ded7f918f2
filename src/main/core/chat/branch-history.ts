import { AppError } from '../../../shared/rpc/errors.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import type { MessageStore } from '../conversations/message-store.ts';
import type { Turn } from './prompt.ts';

/** A turn and the message it is stored as. */
export interface StoredTurn extends Turn {
  readonly messageId: string;
  /** Its text will not change any more. */
  readonly isFinal: boolean;
}

export interface BranchHistory {
  /** Throws AppError NOT_FOUND when there is no such conversation, or the parent is not a message of it. */
  requireParent(conversationId: string, parentId: string | null): void;
  /** The turns up to and with this message, oldest first, without those that have no text; none for null. */
  turnsTo(leafId: string | null): readonly StoredTurn[];
}

const noTurns: readonly StoredTurn[] = [];

/** Reads the part of a conversation a question follows. The last branch is kept, so that quoting a long one does not read it anew. */
export function createBranchHistory(deps: { readonly conversations: ConversationStore; readonly messages: MessageStore }): BranchHistory {
  const { conversations, messages } = deps;
  let last: { readonly leafId: string; readonly turns: readonly StoredTurn[] } | null = null;

  return {
    requireParent(conversationId, parentId) {
      if (conversations.get(conversationId) === undefined) throw new AppError('NOT_FOUND', 'No such conversation.');
      if (parentId === null) return;
      const parent = messages.row(parentId);
      if (parent?.conversationId !== conversationId || parent.removedWith !== null) throw new AppError('NOT_FOUND', 'No such message.');
    },
    turnsTo(leafId) {
      if (leafId === null) return noTurns;
      if (last?.leafId === leafId) return last.turns;
      const branch = messages.branchTo(leafId);
      const turns = branch
        .filter(({ text }) => text.trim() !== '')
        .map(({ id, role, text, status }) => ({ messageId: id, role, text, isFinal: status !== 'streaming' }));
      last = branch.every(({ status }) => status !== 'streaming') ? { leafId, turns } : null;
      return turns;
    },
  };
}
