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
  readonly offset: number;
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

const orders: Readonly<Record<ConversationOrder, string>> = {
  newest: 'updated_at DESC, id DESC',
  dearest: 'coalesce(cost_nanos, 0) DESC, id DESC',
  title: 'title COLLATE NOCASE, id',
};
const withCost = `
  LEFT JOIN usage_sum ON usage_sum.split = 'conversation' AND unit = 'ever' AND period = '' AND usage_sum.key = conversation.id`;

/** Reads the history in pages. */
export function createConversationLists(db: Db) {
  const prepare = (condition: string, order: ConversationOrder, from = 'conversation') =>
    db.prepare<ListParams, StoredConversation>(`
      SELECT ${conversationColumns} FROM ${from} WHERE ${condition} ORDER BY ${orders[order]} LIMIT @limit OFFSET @offset`);
  const ofPlace = (condition: string) => ({
    newest: prepare(condition, 'newest'),
    dearest: prepare(condition, 'dearest', `conversation ${withCost}`),
    title: prepare(condition, 'title'),
    before: prepare(`${condition} AND (updated_at, id) < (@updatedAt, @id)`, 'newest'),
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
    /** From the `offset`-th on. */
    list(order: ConversationOrder, place: ConversationPlace, offset: number, limit: number): ConversationRow[] {
      const { folderId, ...ordered } = inPlace(place);
      return ordered[order].all({ folderId, limit, offset }).map(toConversation);
    },
    /** The newest before (exclusive) a position: finds its place however long the list is. */
    listBefore(position: ListPosition, place: ConversationPlace, limit: number): ConversationRow[] {
      const { folderId, before } = inPlace(place);
      return before.all({ ...position, folderId, limit, offset: 0 }).map(toConversation);
    },
  };
}
