import type { Message, Receipt } from '../../../shared/contract/chat.ts';
import type { RequestPart } from '../../../shared/contract/request-part.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { addAmount, emptyTotal } from '../../../shared/amount.ts';
import type { Db } from '../db/database.ts';
import { createImageStore } from './image-store.ts';
import { createImportedCalls } from './import/imported-calls.ts';
import { messageColumns, toMessageRow, type MessageRow, type StoredMessage } from './message-row.ts';
import type { MessageStore } from './message-store.ts';
import { createRequestPartStore } from './request-part-store.ts';

export interface MessageReaderDeps {
  readonly db: Db;
  readonly messages: MessageStore;
  readonly usageStore: { listByMessages(ids: readonly string[]): UsageRecord[] };
}

export type MessageReader = ReturnType<typeof createMessageReader>;

interface Family {
  readonly conversationId: string;
  readonly parentId: string | null;
  readonly id: string;
}

/** Puts messages together with their sources, siblings and receipts: a fixed number of queries, however many messages. */
export function createMessageReader({ db, messages, usageStore }: MessageReaderDeps) {
  const requestParts = createRequestPartStore(db);
  const images = createImageStore(db);
  const importedCalls = createImportedCalls(db);
  const byIds = db.prepare<[string], StoredMessage>(`
    SELECT ${messageColumns} FROM message WHERE id IN (SELECT value FROM json_each(?)) ORDER BY row_id`);
  const childrenOf = db.prepare<[string], Family>(`
    SELECT conversation_id AS conversationId, parent_id AS parentId, id FROM message
    WHERE parent_id IN (SELECT value FROM json_each(?)) AND removed_with IS NULL ORDER BY row_id`);
  // The plus keeps SQLite from looking up every first message of every conversation.
  const rootsOf = db.prepare<[string], Family>(`
    SELECT conversation_id AS conversationId, parent_id AS parentId, id FROM message
    WHERE conversation_id IN (SELECT value FROM json_each(?)) AND +parent_id IS NULL AND removed_with IS NULL ORDER BY row_id`);
  const comparedWith = db.prepare<[string], { id: string; otherId: string }>(`
    SELECT m.id, other.id AS otherId FROM message m JOIN message other ON other.comparison_id = m.comparison_id
    WHERE m.id IN (SELECT value FROM json_each(?)) AND other.removed_with IS NULL ORDER BY other.row_id`);

  function complete(rows: readonly MessageRow[]): Message[] {
    const ids = rows.map(({ id }) => id);
    const sources = messages.sourcesOf(ids);
    const receipts = receiptsOf([...usageStore.listByMessages(ids), ...importedCalls.ofMessages(ids)], requestParts.ofMessages(ids));
    const imagesOf = images.ofMessages(ids);
    const siblings = siblingsOf(rows);
    const compared = Map.groupBy(comparedWith.all(JSON.stringify(ids)), ({ id }) => id);
    return rows.map((stored) => {
      const { rowId: _rowId, removedWith: _removedWith, ...row } = stored;
      return {
        ...row,
        images: imagesOf.get(row.id) ?? [],
        sources: sources.get(row.id) ?? [],
        receipt: receipts.get(row.id) ?? null,
        siblingIds: siblings.get(familyOf(row)) ?? [row.id],
        comparedIds: compared.get(row.id)?.map(({ otherId }) => otherId) ?? [],
      };
    });
  }

  function siblingsOf(rows: readonly MessageRow[]): Map<string, string[]> {
    const parentIds = rows.flatMap(({ parentId }) => parentId ?? []);
    const rootConversations = new Set(rows.filter(({ parentId }) => parentId === null).map(({ conversationId }) => conversationId));
    const members = [...childrenOf.all(JSON.stringify(parentIds)), ...rootsOf.all(JSON.stringify([...rootConversations]))];
    const families = new Map<string, string[]>();
    for (const member of members) {
      const family = families.get(familyOf(member));
      if (family === undefined) families.set(familyOf(member), [member.id]);
      else family.push(member.id);
    }
    return families;
  }

  return {
    /** In the order asked for; ids that do not exist are left out. */
    read(ids: readonly string[]): Message[] {
      const found = new Map(complete(byIds.all(JSON.stringify(ids)).map(toMessageRow)).map((message) => [message.id, message]));
      return ids.flatMap((id) => found.get(id) ?? []);
    },
  };
}

function familyOf({ conversationId, parentId }: Omit<Family, 'id'>): string {
  return parentId ?? `roots of ${conversationId}`;
}

function receiptsOf(records: readonly UsageRecord[], parts: ReadonlyMap<string, RequestPart[]>): Map<string, Receipt> {
  const receipts = new Map<string, Receipt>();
  for (const record of records) {
    if (record.messageId === null) continue;
    const { total, calls } = receipts.get(record.messageId) ?? { total: emptyTotal, calls: [] };
    const requestParts = parts.get(record.messageId) ?? [];
    receipts.set(record.messageId, { total: addAmount(total, record.amount), calls: [...calls, record], requestParts });
  }
  return receipts;
}
