import { addAmount, addTotals, emptyTotal, type AmountTotal } from '../../../../shared/amount.ts';
import type { Message, Receipt, Source } from '../../../../shared/contract/chat.ts';
import type { UsageRecord } from '../../../../shared/contract/usage.ts';

/** One answer of the open branch with what it cost. */
export interface AnswerReceipt {
  readonly messageId: string;
  /** What was asked, the names of its images where they said it all; empty where the question is not there any more. */
  readonly question: string;
  readonly createdAt: number;
  readonly receipt: Receipt;
  readonly sources: readonly Source[];
}

/** Everything a conversation has cost. `branch` and `elsewhere` add up to `total`. */
export interface ConversationReceipts {
  readonly title: string;
  readonly answers: readonly AnswerReceipt[];
  /** Calls for other branches, deleted messages, the title, summaries; oldest first. */
  readonly otherCalls: readonly UsageRecord[];
  readonly branch: AmountTotal;
  readonly elsewhere: AmountTotal;
  readonly total: AmountTotal;
}

/**
 * Sorts all calls of a conversation by where they belong. `messages` are those of its open branch, oldest first; `records` are all its
 * calls. A call stands in one place only, whatever the receipts say.
 */
export function groupReceipts(title: string, messages: readonly Message[], records: readonly UsageRecord[]): ConversationReceipts {
  const textOf = new Map(messages.map(({ id, text, images }) => [id, text === '' ? images.map(({ name }) => name).join(', ') : text]));
  const answers = messages.flatMap(({ id, parentId, createdAt, receipt, sources, imported }): AnswerReceipt[] =>
    // What was paid elsewhere is no part of what it has cost here.
    receipt === null || imported !== null || receipt.calls.length === 0
      ? []
      : [{ messageId: id, question: textOf.get(parentId ?? '') ?? '', createdAt, receipt, sources }],
  );
  const shown = new Set(answers.flatMap(({ receipt }) => receipt.calls.map((call) => call.id)));
  const otherCalls = records.filter((record) => !shown.has(record.id)).toSorted((a, b) => a.startedAt - b.startedAt);
  const branch = answers.reduce((sum, { receipt }) => addTotals(sum, receipt.total), emptyTotal);
  const elsewhere = otherCalls.reduce((sum, { amount }) => addAmount(sum, amount), emptyTotal);
  return { title, answers, otherCalls, branch, elsewhere, total: addTotals(branch, elsewhere) };
}
