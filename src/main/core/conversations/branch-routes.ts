import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { BranchStore } from './branch-store.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { MessageRow, MessageStore } from './message-store.ts';

type Handlers = HandlersFor<AppContract>;

export interface BranchRoutes {
  showBranch: Handlers['conversations.showBranch'];
  removeMessage: Handlers['conversations.removeMessage'];
  restoreMessage: Handlers['conversations.restoreMessage'];
  continueWith: Handlers['conversations.continueWith'];
}

interface BranchRouteDeps {
  readonly db: Db;
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly branches: BranchStore;
  readonly now: () => number;
}

/** Moves through the tree of a conversation, and takes branches off it. `changed` is told which conversation looks different now. */
export function branchRoutes(deps: BranchRouteDeps, changed: (conversationId: string) => void): BranchRoutes {
  const { conversations, messages, branches } = deps;

  function open(messageId: string): string {
    const leafId = messages.newestLeafUnder(messageId);
    const message = messages.row(messageId);
    if (leafId === undefined || message === undefined) throw new AppError('NOT_FOUND', 'No such message.');
    conversations.setLeaf(message.conversationId, leafId);
    return message.conversationId;
  }

  /** What is open once a message is gone: the one beside it, else the one before it. */
  function openBeside({ id, parentId, conversationId }: MessageRow): void {
    const beside = branches.newestSibling(id);
    if (beside === undefined) conversations.setLeaf(conversationId, parentId);
    else open(beside);
  }

  return {
    showBranch({ messageId }) {
      const conversationId = inTransaction(deps.db, () => open(messageId));
      changed(conversationId);
      return { conversationId };
    },
    removeMessage({ messageId }) {
      const conversationId = inTransaction(deps.db, () => {
        const message = messages.row(messageId);
        if (message === undefined || message.removedWith !== null) throw new AppError('NOT_FOUND', 'No such message.');
        if (branches.isWriting(messageId)) throw new AppError('CONFLICT', 'An answer is being written there.');
        const leafId = conversations.get(message.conversationId)?.leafMessageId ?? null;
        branches.remove(messageId);
        // Another branch that is open stays open.
        if (leafId === null || messages.row(leafId)?.removedWith !== null) openBeside(message);
        return message.conversationId;
      });
      changed(conversationId);
    },
    restoreMessage({ messageId }) {
      const conversationId = inTransaction(deps.db, () => {
        if (!branches.restore(messageId)) throw new AppError('NOT_FOUND', 'It has been erased.');
        return open(messageId);
      });
      changed(conversationId);
    },
    continueWith({ messageId }) {
      const conversationId = inTransaction(deps.db, () => {
        branches.endComparison(messageId);
        const id = open(messageId);
        const model = messages.row(messageId)?.model ?? null;
        conversations.touch(id, { ...(model !== null && { model }), updatedAt: deps.now() });
        return id;
      });
      changed(conversationId);
    },
  };
}
