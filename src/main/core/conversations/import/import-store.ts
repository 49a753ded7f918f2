import type { UsageRecord } from '../../../../shared/contract/usage.ts';
import { inTransaction, type Db } from '../../db/database.ts';
import type { MessageStore } from '../message-store.ts';
import type { RequestPartStore } from '../request-part-store.ts';
import type { ArrangedConversation } from './imported-conversation.ts';

/** The search terms of each message, in order: made before the transaction, since they take long. */
export type MessageTerms = readonly string[];

interface MessageValues {
  readonly id: string;
  readonly conversationId: string;
  readonly parentId: string | null;
  readonly role: 'user' | 'assistant';
  readonly text: string;
  readonly status: string;
  readonly failureJson: string | null;
  readonly modelLabel: string | null;
  readonly condensedQuestion: string | null;
  readonly reasoning: string;
  readonly reasoningMs: number | null;
  readonly createdAt: number;
  readonly finishedAt: number | null;
  readonly importJson: string;
}

export interface ImportStoreDeps {
  readonly db: Db;
  readonly messages: Pick<MessageStore, 'saveSources'>;
  readonly requestParts: Pick<RequestPartStore, 'save'>;
  readonly newId: () => string;
}

/** SQLite ends some of its own functions at a NUL, and stores no half of a character. */
const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

/**
 * Writes what an import brings, and takes it back. Everything gets an id of this profile. Usage records of another profile are kept
 * beside the messages and never become usage records here: they were paid elsewhere, or a copy of them is still in the profile they
 * come from, and a spend that counts them would fit no bill. They are seen in the receipts, and nowhere else.
 */
export function createImportStore({ db, messages, requestParts, newId }: ImportStoreDeps) {
  const isHere = db
    .prepare<[string, string, string], number>(`
    SELECT EXISTS (
      SELECT 1 FROM imported_conversation JOIN conversation ON id = conversation_id WHERE content_hash = ? AND removed_at IS NULL
    ) OR (? = 'tally' AND EXISTS (SELECT 1 FROM conversation WHERE id = ? AND removed_at IS NULL))`)
    .pluck();
  const insertConversation = db.prepare<[string, string, string, string | null, number, number]>(`
    INSERT INTO conversation (id, title, title_by, system_prompt, leaf_message_id, created_at, updated_at)
    VALUES (?, ?, 'user', ?, ?, ?, ?)`);
  const insertOrigin = db.prepare<[string, string, string, string, string]>(`
    INSERT INTO imported_conversation (conversation_id, import_id, source, source_id, content_hash) VALUES (?, ?, ?, ?, ?)`);
  const insertMessage = db.prepare<[MessageValues]>(`
    INSERT INTO message (id, conversation_id, parent_id, role, text, status, failure_json, model_label, condensed_question, reasoning,
      reasoning_ms, created_at, finished_at, import_json)
    VALUES (@id, @conversationId, @parentId, @role, @text, @status, @failureJson, @modelLabel, @condensedQuestion, @reasoning,
      @reasoningMs, @createdAt, @finishedAt, @importJson)`);
  const index = db.prepare<[number | bigint, string]>('INSERT OR REPLACE INTO message_fts (rowid, terms) VALUES (?, ?)');
  const insertCall = db.prepare<[string, string, string | null, string]>(
    'INSERT INTO imported_call (id, conversation_id, message_id, record_json) VALUES (?, ?, ?, ?)',
  );
  const removeAll = db
    .prepare<[number, string], string>(`
    UPDATE conversation SET removed_at = ?
    WHERE id IN (SELECT conversation_id FROM imported_conversation WHERE import_id = ?) AND removed_at IS NULL RETURNING id`)
    .pluck();

  function addCalls(conversationId: string, messageId: string | null, calls: readonly UsageRecord[]): void {
    for (const call of calls) {
      const id = newId();
      insertCall.run(
        id,
        conversationId,
        messageId,
        JSON.stringify({ ...call, id, conversationId, messageId, documentId: null, runId: null }),
      );
    }
  }

  return {
    /** Whether a conversation is here already: as it was imported, or as the one that was exported. */
    isHere: ({ contentHash, source, sourceId }: ArrangedConversation): boolean => isHere.get(contentHash, source, sourceId) === 1,
    /** Adds a conversation with all its messages, in one transaction. Returns its id here. */
    add(conversation: ArrangedConversation, terms: MessageTerms, importId: string): string {
      const conversationId = newId();
      const idOf = new Map(conversation.messages.map(({ id }) => [id, newId()]));
      const idHere = (id: string | null): string | null => (id === null ? null : (idOf.get(id) ?? null));
      inTransaction(db, () => {
        const { title, systemPrompt, leafMessageId, createdAt, updatedAt, source, sourceId, contentHash } = conversation;
        insertConversation.run(conversationId, storable(title), storable(systemPrompt), idHere(leafMessageId), createdAt, updatedAt);
        insertOrigin.run(conversationId, importId, source, storable(sourceId), contentHash);
        for (const [at, message] of conversation.messages.entries()) {
          const { missingImages, failure, sources, calls, requestParts: parts, parentId, ...values } = message;
          const id = idHere(message.id) ?? newId();
          const { lastInsertRowid } = insertMessage.run({
            ...values,
            id,
            conversationId,
            parentId: idHere(parentId),
            text: storable(values.text),
            reasoning: storable(values.reasoning),
            failureJson: failure === null ? null : JSON.stringify(failure),
            importJson: JSON.stringify({ missingImages }),
          });
          index.run(lastInsertRowid, terms[at] ?? '');
          if (sources.length > 0) messages.saveSources(id, distinct(sources));
          if (parts.length > 0) requestParts.save(id, parts);
          addCalls(conversationId, id, calls);
        }
        addCalls(conversationId, null, conversation.otherCalls);
      });
      return conversationId;
    },
    /** Hides what an import added. Returns the ids of what it hid. */
    removeAll: (importId: string, removedAt: number): string[] => removeAll.all(removedAt, importId),
  };
}

/** A number stands for one source alone. */
function distinct<Numbered extends { readonly ordinal: number }>(sources: readonly Numbered[]): Numbered[] {
  return [...new Map(sources.map((source) => [source.ordinal, source])).values()];
}
