import type { ConversationOrder, ConversationPlace } from '../../../shared/contract/conversations.ts';
import type { Db } from '../db/database.ts';
import { conversationColumns, toConversation, type ConversationRow, type StoredConversation } from './conversation-row.ts';

/** A place in a list of the newest, between two conversations. */
export interface ListPosition {
  readonly updatedAt: number;
  readonly id: string;
}

interface ListParams extends Partial<ListPosition> {
  readonly folderId: string | null;
  readonly limit: number;
  readonly offset?: number;
}

type PlaceName = Extract<ConversationPlace, string> | 'folder';

const listed = 'removed_at IS NULL AND archived_at IS NULL';
const isFiled = 'EXISTS (SELECT 1 FROM filed_conversation WHERE conversation_id = conversation.id)';

/** Which conversations are in each place. A pinned one is with the pinned, whatever folder it is in. */
const conditions: Readonly<Record<PlaceName, string>> = {
  anywhere: listed,
  loose: `${listed} AND pinned_at IS NULL AND NOT ${isFiled}`,
  pinned: `${listed} AND pinned_at IS NOT NULL`,
  // The plus keeps SQLite from walking all conversations in order of time: a folder holds few of them.
  folder: `+removed_at IS NULL AND archived_at IS NULL AND pinned_at IS NULL
    AND id IN (SELECT conversation_id FROM filed_conversation WHERE folder_id = @folderId)`,
  archived: 'removed_at IS NULL AND archived_at IS NOT NULL',
};

const byNewest = 'ORDER BY updated_at DESC, id DESC LIMIT @limit';
const orders: Readonly<Record<Exclude<ConversationOrder, 'newest'>, string>> = {
  dearest: 'ORDER BY coalesce(cost_nanos, 0) DESC, id DESC LIMIT @limit OFFSET @offset',
  title: 'ORDER BY title COLLATE NOCASE, id LIMIT @limit OFFSET @offset',
};
const withCost = `
  LEFT JOIN usage_sum ON usage_sum.split = 'conversation' AND unit = 'ever' AND period = '' AND usage_sum.key = conversation.id`;

/** Reads the history in pages. */
export function createConversationLists(db: Db) {
  const prepare = (from: string, condition: string, order: string) =>
    db.prepare<ListParams, StoredConversation>(`SELECT ${conversationColumns} FROM ${from} WHERE ${condition} ${order}`);
  const ofPlace = (condition: string) => ({
    first: prepare('conversation', condition, byNewest),
    next: prepare('conversation', `${condition} AND (updated_at, id) < (@updatedAt, @id)`, byNewest),
    dearest: prepare(`conversation ${withCost}`, condition, orders.dearest),
    title: prepare('conversation', condition, orders.title),
  });
  const statements: Readonly<Record<PlaceName, ReturnType<typeof ofPlace>>> = {
    anywhere: ofPlace(conditions.anywhere),
    loose: ofPlace(conditions.loose),
    pinned: ofPlace(conditions.pinned),
    folder: ofPlace(conditions.folder),
    archived: ofPlace(conditions.archived),
  };
  const inPlace = (place: ConversationPlace) =>
    typeof place === 'string' ? { ...statements[place], folderId: null } : { ...statements.folder, folderId: place.folderId };

  return {
    /** Newest first, from `before` (exclusive) or the very first. */
    listNewest(place: ConversationPlace, before: ListPosition | null, limit: number): ConversationRow[] {
      const { first, next, folderId } = inPlace(place);
      return (before === null ? first.all({ folderId, limit }) : next.all({ ...before, folderId, limit })).map(toConversation);
    },
    /** The dearest first, or by title, from the `offset`-th on. */
    listBy(order: 'dearest' | 'title', place: ConversationPlace, offset: number, limit: number): ConversationRow[] {
      const { folderId, ...ordered } = inPlace(place);
      return ordered[order].all({ folderId, limit, offset }).map(toConversation);
    },
  };
}
