import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { ModelParameters } from '../../../shared/contract/parameters.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import { conversationColumns, toConversation, type ConversationRow, type StoredConversation, type TitleBy } from './conversation-row.ts';

/** What changes when a conversation goes on. What is left out stays as it is. */
export interface ConversationProgress {
  readonly leafMessageId?: string;
  readonly model?: ModelRef;
  readonly collectionIds?: readonly string[];
  readonly parameters?: ModelParameters;
  readonly systemPrompt?: string;
  readonly updatedAt: number;
}

export type ConversationStore = ReturnType<typeof createConversationStore>;

/** Reads and writes `conversation`. A removed conversation counts as absent everywhere but in `restore` and `purge`. */
export function createConversationStore(db: Db) {
  const insert = db.prepare<[string, string, TitleBy, string | null, string | null, string, string | null, number, number]>(`
    INSERT INTO conversation (id, title, title_by, provider_id, model_id, collection_ids_json, assistant_id, created_at, updated_at)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const get = db.prepare<[string], StoredConversation>(
    `SELECT ${conversationColumns} FROM conversation WHERE id = ? AND removed_at IS NULL`,
  );
  const titles = db.prepare<[], { id: string; title: string }>(`
    SELECT id, title FROM conversation WHERE removed_at IS NULL ORDER BY updated_at DESC, id DESC`);
  // A title the user wrote is never replaced by one a model made meanwhile.
  const setTitle = db.prepare<[string, TitleBy, string, TitleBy]>(`
    UPDATE conversation SET title = ?, title_by = ? WHERE id = ? AND removed_at IS NULL AND (title_by <> 'user' OR ? = 'user')`);
  const touch = db.prepare<[...(string | null)[], number, string]>(`
    UPDATE conversation SET leaf_message_id = coalesce(?, leaf_message_id), provider_id = coalesce(?, provider_id), model_id = coalesce(?, model_id),
      collection_ids_json = coalesce(?, collection_ids_json), parameters_json = coalesce(?, parameters_json),
      system_prompt = coalesce(?, system_prompt), updated_at = ?
    WHERE id = ?`);
  const setLeaf = db.prepare<[string | null, string]>('UPDATE conversation SET leaf_message_id = ? WHERE id = ? AND removed_at IS NULL');
  const setAsking = db.prepare<[string, string, string]>(
    'UPDATE conversation SET parameters_json = ?, system_prompt = ? WHERE id = ? AND removed_at IS NULL',
  );
  const setPinned = db.prepare<[number | null, string]>('UPDATE conversation SET pinned_at = ? WHERE id = ? AND removed_at IS NULL');
  const setArchived = db.prepare<[number | null, string]>('UPDATE conversation SET archived_at = ? WHERE id = ? AND removed_at IS NULL');
  const remove = db.prepare<[number, string]>('UPDATE conversation SET removed_at = ? WHERE id = ? AND removed_at IS NULL');
  const restore = db.prepare<[string]>('UPDATE conversation SET removed_at = NULL WHERE id = ?');
  // Without this the erasure would follow the chain of parents message by message, deeper than SQLite allows.
  const detachRemoved = db.prepare<[]>(`
    UPDATE message SET parent_id = NULL
    WHERE conversation_id IN (SELECT id FROM conversation WHERE removed_at IS NOT NULL) AND parent_id IS NOT NULL`);
  const eraseRemoved = db.prepare<[]>('DELETE FROM conversation WHERE removed_at IS NOT NULL');

  return {
    /** Adds a conversation without messages. */
    insert(row: {
      id: string;
      title: string;
      titleBy: TitleBy;
      model: ModelRef | null;
      collectionIds: readonly string[];
      assistantId?: string | null;
      createdAt: number;
    }): void {
      const { id, title, titleBy, assistantId = null, createdAt } = row;
      const { providerId = null, modelId = null } = row.model ?? {};
      insert.run(id, title, titleBy, providerId, modelId, JSON.stringify(row.collectionIds), assistantId, createdAt, createdAt);
    },
    get(id: string): ConversationRow | undefined {
      const stored = get.get(id);
      return stored && toConversation(stored);
    },
    /** Every title, the conversation used last first. */
    titles(): IterableIterator<{ id: string; title: string }> {
      return titles.iterate();
    },
    /** Does nothing where the user has chosen a title and `by` is someone else. Returns whether it changed. */
    setTitle(id: string, title: string, by: TitleBy): boolean {
      return setTitle.run(title, by, id, by).changes === 1;
    },
    /** Throws AppError NOT_FOUND. A conversation removed while its answer streams is still kept up to date. */
    touch(id: string, progress: ConversationProgress): void {
      const { leafMessageId = null, model, collectionIds, parameters, systemPrompt = null, updatedAt } = progress;
      const idsJson = collectionIds === undefined ? null : JSON.stringify(collectionIds);
      const parametersJson = parameters === undefined ? null : JSON.stringify(parameters);
      const { providerId = null, modelId = null } = model ?? {};
      assertOne(touch.run(leafMessageId, providerId, modelId, idsJson, parametersJson, systemPrompt, updatedAt, id).changes);
    },
    /** Opens another branch without counting as use. Throws AppError NOT_FOUND. */
    setLeaf(id: string, leafMessageId: string | null): void {
      assertOne(setLeaf.run(leafMessageId, id).changes);
    },
    /** Changes how its next questions are asked, without counting as use. Throws AppError NOT_FOUND. */
    setAsking(id: string, parameters: ModelParameters, systemPrompt: string): void {
      assertOne(setAsking.run(JSON.stringify(parameters), systemPrompt, id).changes);
    },
    /** Puts it on top of the list, or back; null: not pinned. Returns whether there is such a conversation. */
    setPinned: (id: string, pinnedAt: number | null): boolean => setPinned.run(pinnedAt, id).changes === 1,
    /** Takes it out of the list, or brings it back; null: not archived. Returns whether there is such a conversation. */
    setArchived: (id: string, archivedAt: number | null): boolean => setArchived.run(archivedAt, id).changes === 1,
    /** Hides it. Throws AppError NOT_FOUND. */
    remove(id: string, removedAt: number): void {
      assertOne(remove.run(removedAt, id).changes);
    },
    /** Throws AppError NOT_FOUND when it has been erased. */
    restore(id: string): void {
      assertOne(restore.run(id).changes);
    },
    /** Erases what was removed, messages and all. Returns how many conversations that were. */
    purge(): number {
      return inTransaction(db, () => {
        detachRemoved.run();
        return eraseRemoved.run().changes;
      });
    },
  };
}

function assertOne(changes: number): void {
  if (changes !== 1) throw new AppError('NOT_FOUND', 'No such conversation.');
}
