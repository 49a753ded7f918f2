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
  provider_id AS providerId, model_id AS modelId, run_id AS runId, created_at AS createdAt, edited_at AS editedAt`;

/** Reads and writes `branch_summary` and `summary_dismissal`. */
export function createSummaryStore(db: Db) {
  const save = db.prepare<[SummaryRow]>(`
    INSERT OR REPLACE INTO branch_summary
      (message_id, conversation_id, message_count, text, is_used, provider_id, model_id, run_id, created_at, edited_at)
    VALUES (@messageId, @conversationId, @messageCount, @text, @isUsed, @providerId, @modelId, @runId, @createdAt, @editedAt)`);
  const get = db.prepare<[string], SummaryRow>(`SELECT ${columns} FROM branch_summary WHERE message_id = ?`);
  const besideMessage = db.prepare<[string], SummaryRow>(`
    SELECT ${columns} FROM branch_summary WHERE conversation_id = (SELECT conversation_id FROM message WHERE id = ?)`);
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
    get(messageId: string): StoredSummary | undefined {
      const row = get.get(messageId);
      return row && toSummary(row);
    },
    /** Those of every branch of the conversation this message is in. */
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
