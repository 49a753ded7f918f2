import { AppError } from '../../../shared/rpc/errors.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import type { ImageStore } from '../conversations/image-store.ts';
import type { MessageStore } from '../conversations/message-store.ts';
import type { StoredSummary, SummaryStore } from '../conversations/summary-store.ts';
import type { Turn } from './prompt.ts';

/** A turn and the message it is stored as. */
export interface StoredTurn extends Turn {
  readonly messageId: string;
  /** Its text will not change any more. */
  readonly isFinal: boolean;
}

/** What a question follows, as a request takes it along. */
export interface Branch {
  /** Stands for all before the turns; null: they are all there. */
  readonly summary: StoredSummary | null;
  /** Oldest first, without those that say nothing. */
  readonly turns: readonly StoredTurn[];
}

export interface BranchHistory {
  /** Throws AppError NOT_FOUND when there is no such conversation, or the parent is not a message of it. */
  requireParent(conversationId: string, parentId: string | null): void;
  /** The branch that ends with this message; an empty one for null. The same object as long as nothing of it has changed. */
  branchTo(leafId: string | null): Branch;
  /** The deepest summary on that branch, used or not; null: there is none. */
  summaryOn(leafId: string): StoredSummary | null;
  /** How many messages went along again when the last summary on that branch was put aside or removed; 0: it is in use, or there was none. */
  givenBackOn(leafId: string): number;
}

const emptyBranch: Branch = { summary: null, turns: [] };

interface BranchHistoryDeps {
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly summaries: Pick<SummaryStore, 'besideMessage'>;
  readonly images: Pick<ImageStore, 'ofMessages'>;
}

/** Reads the part of a conversation a question follows. The last branch is kept, so that quoting a long one does not read it anew. */
export function createBranchHistory({ conversations, messages, summaries, images }: BranchHistoryDeps): BranchHistory {
  let lastTurns: { readonly leafId: string; readonly turns: readonly StoredTurn[] } | null = null;
  let last: { readonly turns: readonly StoredTurn[]; readonly branch: Branch } | null = null;

  function turnsTo(leafId: string): readonly StoredTurn[] {
    if (lastTurns?.leafId === leafId) return lastTurns.turns;
    const stored = messages.branchTo(leafId);
    const imagesOf = images.ofMessages(stored.flatMap(({ id, role }) => (role === 'user' ? [id] : [])));
    const turns = stored
      .filter(({ id, text }) => text.trim() !== '' || imagesOf.has(id))
      .map(({ id, role, text, status }) => ({
        messageId: id,
        role,
        text,
        images: imagesOf.get(id) ?? [],
        isFinal: status !== 'streaming',
      }));
    lastTurns = stored.every(({ status }) => status !== 'streaming') ? { leafId, turns } : null;
    return turns;
  }

  const presentBeside = (leafId: string): StoredSummary[] => summaries.besideMessage(leafId).filter(({ removedAt }) => removedAt === null);

  return {
    requireParent(conversationId, parentId) {
      if (conversations.get(conversationId) === undefined) throw new AppError('NOT_FOUND', 'No such conversation.');
      if (parentId === null) return;
      const parent = messages.row(parentId);
      if (parent?.conversationId !== conversationId || parent.removedWith !== null) throw new AppError('NOT_FOUND', 'No such message.');
    },
    branchTo(leafId) {
      if (leafId === null) return emptyBranch;
      const turns = turnsTo(leafId);
      const found = deepestOn(turns, presentBeside(leafId));
      const summary = found?.isUsed === true ? found : null;
      if (last?.turns === turns && isSame(last.branch.summary, summary)) return last.branch;
      const branch = { summary, turns: summary === null ? turns : turns.slice(indexOf(turns, summary) + 1) };
      last = { turns, branch };
      return branch;
    },
    summaryOn: (leafId) => deepestOn(turnsTo(leafId), presentBeside(leafId)),
    givenBackOn(leafId) {
      const last = deepestOn(turnsTo(leafId), summaries.besideMessage(leafId));
      return last === null || (last.isUsed && last.removedAt === null) ? 0 : last.messageCount;
    },
  };
}

/** Of several on a branch the one that stands for most of it counts, whether it is used or not. */
function deepestOn(turns: readonly StoredTurn[], summaries: readonly StoredSummary[]): StoredSummary | null {
  const placed = summaries.filter((summary) => indexOf(turns, summary) >= 0);
  return placed.toSorted((a, b) => indexOf(turns, b) - indexOf(turns, a))[0] ?? null;
}

function indexOf(turns: readonly StoredTurn[], { messageId }: StoredSummary): number {
  return turns.findLastIndex((turn) => turn.messageId === messageId);
}

function isSame(a: StoredSummary | null, b: StoredSummary | null): boolean {
  return a?.messageId === b?.messageId && a?.text === b?.text;
}
