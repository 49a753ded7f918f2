import type { AmountTotal } from '../../../shared/amount.ts';
import { emptyTotal } from '../../../shared/amount.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import type { Conversation, ConversationPlace } from '../../../shared/contract/conversations.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import { createConversationLists, type ListPosition } from './conversation-lists.ts';
import type { ConversationRow } from './conversation-row.ts';
import type { ConversationStore } from './conversation-store.ts';
import type { MessageStore } from './message-store.ts';
import type { BranchStore } from './branch-store.ts';
import { branchRoutes } from './branch-routes.ts';
import { createBranchFind } from './find-in-branch.ts';
import { createMessageReader } from './read-messages.ts';
import { createHistorySearch } from './search-history.ts';

type Handlers = HandlersFor<AppContract>;

/** How many of the newest messages come with an opened conversation: more than one screen shows. */
const openedMessageCount = 20;

export interface ConversationServiceDeps {
  readonly db: Db;
  readonly conversations: ConversationStore;
  readonly messages: MessageStore;
  readonly branches: BranchStore;
  readonly usageStore: {
    listByMessages(ids: readonly string[]): UsageRecord[];
    totalByConversations(ids: readonly string[]): Map<string, AmountTotal>;
    totalOfMessages(ids: readonly string[]): AmountTotal;
  };
  /** The run that is answering in a conversation now. */
  readonly activeRunOf: (conversationId: string) => string | null;
  /** Ends everything that is being asked for a conversation; resolves when it is booked. */
  readonly stopRunsOf: (conversationId: string) => Promise<void>;
  readonly events: AppEvents;
  readonly now: () => number;
}

/** The history of conversations: listing, opening, naming, hiding and searching. */
export interface ConversationService {
  list: Handlers['conversations.list'];
  open: Handlers['conversations.open'];
  messages: Handlers['conversations.messages'];
  showBranch: Handlers['conversations.showBranch'];
  removeMessage: Handlers['conversations.removeMessage'];
  restoreMessage: Handlers['conversations.restoreMessage'];
  continueWith: Handlers['conversations.continueWith'];
  rename: Handlers['conversations.rename'];
  setAsking: Handlers['conversations.setAsking'];
  remove: Handlers['conversations.remove'];
  restore: Handlers['conversations.restore'];
  search: Handlers['conversations.search'];
  find: Handlers['conversations.find'];
  /** At start: erases what was removed before, messages and whole conversations. Usage records stay. Returns how many conversations went. */
  purgeRemoved(): number;
}

/** Creates the service. It owns no state: everything is in the database. */
export function createConversationService(deps: ConversationServiceDeps): ConversationService {
  const { conversations, messages, usageStore } = deps;
  const reader = createMessageReader(deps);
  const search = createHistorySearch(deps);
  const find = createBranchFind(deps);
  const lists = createConversationLists(deps.db);

  function changed(conversationId: string): void {
    deps.events.emit({ type: 'conversation.changed', conversationId });
  }

  function present(rows: readonly ConversationRow[]): Conversation[] {
    const totals = usageStore.totalByConversations(rows.map(({ id }) => id));
    return rows.map((stored) => {
      const { titleBy: _titleBy, collectionIds, ...row } = stored;
      return {
        ...row,
        collectionIds: [...collectionIds],
        runId: deps.activeRunOf(row.id),
        total: totals.get(row.id) ?? emptyTotal,
      };
    });
  }

  return {
    list({ before, limit, order, place }) {
      // One more than asked for tells whether there is a next page.
      if (order === 'newest' && isLong(place)) {
        const rows = before === null ? lists.list(order, place, 0, limit + 1) : lists.listBefore(parseCursor(before), place, limit + 1);
        const last = rows.at(limit - 1);
        const nextCursor = rows.length > limit && last !== undefined ? `${last.updatedAt}:${last.id}` : null;
        return { conversations: present(rows.slice(0, limit)), nextCursor };
      }
      const offset = before === null ? 0 : parseOffset(before);
      const rows = lists.list(order, place, offset, limit + 1);
      return { conversations: present(rows.slice(0, limit)), nextCursor: rows.length > limit ? String(offset + limit) : null };
    },
    open({ conversationId }) {
      const row = conversations.get(conversationId);
      const [conversation] = row === undefined ? [] : present([row]);
      if (conversation === undefined) throw new AppError('NOT_FOUND', 'No such conversation.');
      const { leafMessageId } = conversation;
      const branch = leafMessageId === null ? [] : messages.outlineTo(leafMessageId);
      const ids = branch.map(({ id }) => id);
      const branchTotal = deps.branches.count(conversationId) > ids.length ? usageStore.totalOfMessages(ids) : null;
      return { conversation, branch, branchTotal, messages: reader.read(ids.slice(-openedMessageCount)) };
    },
    messages: ({ messageIds }) => ({ messages: reader.read(messageIds) }),
    ...branchRoutes(deps, changed),
    rename({ conversationId, title }) {
      if (!conversations.setTitle(conversationId, title, 'user')) throw new AppError('NOT_FOUND', 'No such conversation.');
      changed(conversationId);
    },
    setAsking({ conversationId, parameters, systemPrompt }) {
      conversations.setAsking(conversationId, parameters, systemPrompt);
      changed(conversationId);
    },
    async remove({ conversationId }) {
      conversations.remove(conversationId, deps.now());
      changed(conversationId);
      // Nobody would read it, and it would go on costing.
      await deps.stopRunsOf(conversationId);
    },
    restore({ conversationId }) {
      conversations.restore(conversationId);
      changed(conversationId);
    },
    find: ({ conversationId, query }) => find(conversationId, query),
    search: ({ query, limit }) => ({ hits: search(query, limit) }),
    purgeRemoved() {
      deps.branches.purge();
      return conversations.purge();
    },
  };
}

/** Few are pinned or in one folder, so their pages can be asked for in any order; of the others a page may have moved meanwhile. */
function isLong(place: ConversationPlace): boolean {
  return place !== 'pinned' && typeof place === 'string';
}

function parseOffset(cursor: string): number {
  if (!/^\d{1,9}$/u.test(cursor)) throw new AppError('INVALID_INPUT', 'Not a cursor of this list.');
  return Number(cursor);
}

function parseCursor(cursor: string): ListPosition {
  const [, updatedAt, id] = /^(\d{1,16}):(.+)$/u.exec(cursor) ?? [];
  if (updatedAt === undefined || id === undefined) throw new AppError('INVALID_INPUT', 'Not a cursor of this list.');
  return { updatedAt: Number(updatedAt), id };
}
