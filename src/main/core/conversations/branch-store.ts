import { inTransaction, type Db } from '../db/database.ts';

export type BranchStore = ReturnType<typeof createBranchStore>;

/** A message and all that follows it. */
const below = `
  WITH RECURSIVE below (id) AS (
    SELECT id FROM message WHERE id = ?
    UNION ALL
    SELECT child.id FROM below JOIN message child ON child.parent_id = below.id
  )`;

/** Hides branches and brings them back, and keeps which answers are compared. */
export function createBranchStore(db: Db) {
  const isWriting = db
    .prepare<[string], number>(`${below} SELECT count(*) FROM message WHERE id IN (SELECT id FROM below) AND status = 'streaming'`)
    .pluck();
  // Both by index alone: behind a long text, a message's other columns are slow to reach.
  const count = db
    .prepare<{ id: string }, number>(`
    SELECT (SELECT count(*) FROM message WHERE conversation_id = @id)
      - (SELECT count(*) FROM message INDEXED BY message_removed WHERE removed_with IS NOT NULL AND conversation_id = @id)`)
    .pluck();
  const remove = db.prepare<[string, string]>(
    `${below} UPDATE message SET removed_with = ? WHERE id IN (SELECT id FROM below) AND removed_with IS NULL`,
  );
  const restore = db.prepare<[string]>('UPDATE message SET removed_with = NULL WHERE removed_with = ?');
  const newestSibling = db
    .prepare<[string], string>(`
    SELECT sibling.id FROM message gone JOIN message sibling
      ON sibling.conversation_id = gone.conversation_id AND sibling.parent_id IS gone.parent_id
    WHERE gone.id = ? AND sibling.removed_with IS NULL ORDER BY sibling.row_id DESC LIMIT 1`)
    .pluck();
  // Without this the erasure would follow the chain of parents message by message, deeper than SQLite allows.
  const detachRemoved = db.prepare<[]>('UPDATE message SET parent_id = NULL WHERE removed_with IS NOT NULL AND parent_id IS NOT NULL');
  const eraseRemoved = db.prepare<[]>('DELETE FROM message WHERE removed_with IS NOT NULL');
  const endComparison = db.prepare<[string]>(`
    UPDATE message SET comparison_id = NULL WHERE comparison_id = (SELECT comparison_id FROM message WHERE id = ?)`);
  const joinComparison = db.prepare<[string, string]>('UPDATE message SET comparison_id = ? WHERE id = ?');

  return {
    /** An answer below this message, or it itself, is being written. */
    isWriting: (messageId: string): boolean => (isWriting.get(messageId) ?? 0) > 0,
    /** How many messages a conversation has, in all its branches. */
    count: (conversationId: string): number => count.get({ id: conversationId }) ?? 0,
    /** Hides a message and all that follows it. */
    remove(messageId: string): void {
      remove.run(messageId, messageId);
    },
    /** Brings back what was hidden with this message. Returns whether there was any. */
    restore: (messageId: string): boolean => restore.run(messageId).changes > 0,
    /** The youngest message beside this one that is there; undefined when there is none. */
    newestSibling: (messageId: string): string | undefined => newestSibling.get(messageId),
    /** Erases what was hidden. Returns how many messages that were. */
    purge(): number {
      return inTransaction(db, () => {
        detachRemoved.run();
        return eraseRemoved.run().changes;
      });
    },
    /** Shows two answers side by side, and no longer either of them beside another. */
    compare(comparisonId: string, first: string, second: string): void {
      endComparison.run(first);
      for (const id of [first, second]) joinComparison.run(comparisonId, id);
    },
    /** Ends the comparison this answer is part of. */
    endComparison(messageId: string): void {
      endComparison.run(messageId);
    },
  };
}
