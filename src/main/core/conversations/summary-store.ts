import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { Db } from '../db/database.ts';

/** A summary that stands for a message and all before it. */
export interface StoredSummary {
  /** The last message it stands for. */
  readonly messageId: string;
  readonly conversationId: string;
  /** Messages it stands for. */
  readonly messageCount: number;
  readonly text: string;
  /** False: the messages go along all the same. */
  readonly isUsed: boolean;
  readonly model: ModelRef;
  /** Its calls are booked with this run. */
  readonly runId: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Changed by hand; null: never. */
  readonly editedAt: number | null;
  /** Its text is gone after the next start; null: it is there. */
  readonly removedAt: number | null;
}

/** What a further turn came to when a summary was declined. */
export interface Dismissal {
  readonly inputTokens: number;
  /** null without a price. */
  readonly costNanos: number | null;
}

interface SummaryRow extends Omit<StoredSummary, 'isUsed' | 'model'> {
  readonly isUsed: 0 | 1;
  readonly providerId: string;
  readonly modelId: string;
}

export type SummaryStore = ReturnType<typeof createSummaryStore>;

const columns = `message_id AS messageId, conversation_id AS conversationId, message_count AS messageCount, text, is_used AS isUsed,
  provider_id AS providerId, model_id AS modelId, run_id AS runId, created_at AS createdAt, edited_at AS editedAt,
  removed_at AS removedAt`;

/** Reads and writes `branch_summary` and `summary_dismissal`. */
export function createSummaryStore(db: Db) {
  const save = db.prepare<[SummaryRow]>(`
    INSERT OR REPLACE INTO branch_summary
      (message_id, conversation_id, message_count, text, is_used, provider_id, model_id, run_id, created_at, edited_at, removed_at)
    VALUES (@messageId, @conversationId, @messageCount, @text, @isUsed, @providerId, @modelId, @runId, @createdAt, @editedAt, @removedAt)`);
  const get = db.prepare<[string], SummaryRow>(`SELECT ${columns} FROM branch_summary WHERE message_id = ? AND removed_at IS NULL`);
  const besideMessage = db.prepare<[string], SummaryRow>(`
    SELECT ${columns} FROM branch_summary WHERE conversation_id = (SELECT conversation_id FROM message WHERE id = ?)`);
  // With those it took in: the messages are to go along, not an older summary.
  const remove = db.prepare<{ messageId: string; removedAt: number }>(`
    WITH RECURSIVE upwards (id) AS (
      SELECT @messageId
      UNION ALL
      SELECT parent_id FROM upwards JOIN message USING (id) WHERE parent_id IS NOT NULL
    )
    UPDATE branch_summary SET removed_at = @removedAt WHERE message_id IN (SELECT id FROM upwards) AND removed_at IS NULL`);
  const restore = db.prepare<{ messageId: string }>(`
    UPDATE branch_summary SET removed_at = NULL
    WHERE text <> '' AND (conversation_id, removed_at) = (SELECT conversation_id, removed_at FROM branch_summary WHERE message_id = @messageId)`);
  const eraseRemoved = db.prepare<[]>("UPDATE branch_summary SET text = '' WHERE removed_at IS NOT NULL");
  const dismissal = db.prepare<[string], Dismissal>(`
    SELECT input_tokens AS inputTokens, cost_nanos AS costNanos FROM summary_dismissal WHERE conversation_id = ?`);
  const dismiss = db.prepare<[string, number, number | null]>(
    'INSERT OR REPLACE INTO summary_dismissal (conversation_id, input_tokens, cost_nanos) VALUES (?, ?, ?)',
  );

  return {
    /** Keeps a summary, in place of one up to the same message. */
    save({ model, isUsed, ...rest }: StoredSummary): void {
      save.run({ ...rest, ...model, isUsed: isUsed ? 1 : 0 });
    },
    /** Undefined, too, where it was removed. */
    get(messageId: string): StoredSummary | undefined {
      const row = get.get(messageId);
      return row && toSummary(row);
    },
    /** Removes the summary up to this message and those up to earlier ones of its branch. Returns whether there was any. */
    remove: (messageId: string, removedAt: number): boolean => remove.run({ messageId, removedAt }).changes > 0,
    /** Brings back what was removed with this one. Returns whether there was any. */
    restore: (messageId: string): boolean => restore.run({ messageId }).changes > 0,
    /** Erases the texts of those that were removed. */
    purge(): void {
      eraseRemoved.run();
    },
    /** Those of every branch of the conversation this message is in, removed ones as well. */
    besideMessage: (messageId: string): StoredSummary[] => besideMessage.all(messageId).map(toSummary),
    /** null: nobody has declined a summary there. */
    dismissalOf: (conversationId: string): Dismissal | null => dismissal.get(conversationId) ?? null,
    dismiss(conversationId: string, { inputTokens, costNanos }: Dismissal): void {
      dismiss.run(conversationId, inputTokens, costNanos);
    },
  };
}

function toSummary({ isUsed, providerId, modelId, ...rest }: SummaryRow): StoredSummary {
  return { ...rest, isUsed: isUsed === 1, model: { providerId, modelId } };
}
