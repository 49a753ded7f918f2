import { addAmount, emptyTotal, type Amount, type AmountTotal } from '../../../shared/amount.ts';
import { citedOrdinals } from '../../../shared/split-citations.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import type { Db } from '../db/database.ts';

/** What passages of a document have done in answers. */
export interface DocumentUse {
  /** Answers whose prompt held a passage of it. */
  readonly givenCount: number;
  /** Those that cite one. */
  readonly citedCount: number;
  /** Tokens of its passages, in every prompt that was sent. */
  readonly promptTokens: number;
  /** Their share of what the prompts cost. */
  readonly promptTotal: AmountTotal;
  readonly lastUsedAt: number | null;
}

interface GivenPassage {
  messageId: string;
  ordinal: number;
  text: string;
  answer: string;
  createdAt: number;
}

export interface DocumentUseDeps {
  readonly db: Db;
  readonly callsOfMessages: (messageIds: readonly string[]) => readonly UsageRecord[];
  readonly countTokensFor: (text: string, modelId: string) => Promise<number>;
}

/**
 * Sums up, from the answers that exist, what a document's passages were good for and what they cost. A prompt's price
 * is not known by the passage: each gets the share of the input's cost that it has of the input's tokens.
 */
export function createDocumentUses({ db, callsOfMessages, countTokensFor }: DocumentUseDeps): (documentId: string) => Promise<DocumentUse> {
  const given = db.prepare<[string], GivenPassage>(`
    SELECT s.message_id AS messageId, s.ordinal, s.text, m.text AS answer, m.created_at AS createdAt
    FROM message_source s JOIN message m ON m.id = s.message_id JOIN conversation c ON c.id = m.conversation_id
    WHERE s.document_id = ? AND c.removed_at IS NULL`);

  return async (documentId) => {
    const passages = Map.groupBy(given.all(documentId), ({ messageId }) => messageId);
    let use: DocumentUse = { givenCount: passages.size, citedCount: 0, promptTokens: 0, promptTotal: emptyTotal, lastUsedAt: null };
    const calls = Map.groupBy(callsOfMessages([...passages.keys()]), ({ messageId }) => messageId);
    for (const [messageId, group] of passages) {
      const [first] = group;
      if (first === undefined) continue;
      const cited = citedOrdinals(first.answer);
      use = {
        ...use,
        citedCount: use.citedCount + (group.some(({ ordinal }) => cited.has(ordinal)) ? 1 : 0),
        lastUsedAt: Math.max(use.lastUsedAt ?? 0, first.createdAt),
      };
      const text = group.map((passage) => passage.text).join('\n');
      for (const call of calls.get(messageId) ?? []) {
        if (call.purpose !== 'answer' || call.inputTokens === null || call.inputTokens === 0) continue;
        const tokens = Math.min(await countTokensFor(text, call.requestedModel), call.inputTokens);
        const amount = shareOf(call, tokens / call.inputTokens);
        use = { ...use, promptTokens: use.promptTokens + tokens, promptTotal: addAmount(use.promptTotal, amount) };
      }
    }
    return use;
  };
}

/** A share of what the input of a call cost. An estimate, save where nothing was paid. */
function shareOf(call: UsageRecord, share: number): Amount {
  if (!('costNanos' in call.amount)) return call.amount;
  const exactness = call.amount.exactness === 'lower_bound' ? 'lower_bound' : 'estimated';
  return { exactness, costNanos: Math.round(call.amount.costNanos * inputShareOf(call) * share) };
}

/** How much of a call's cost its input made; where the rates are not known, by tokens alone. */
function inputShareOf(call: UsageRecord): number {
  const inputRate = call.price?.inputPerMillion ?? 1;
  const cacheRead = call.cacheReadTokens ?? 0;
  const cacheWrite = call.cacheWriteTokens ?? 0;
  const input =
    ((call.inputTokens ?? 0) - cacheRead - cacheWrite) * inputRate +
    cacheRead * (call.price?.cacheReadPerMillion ?? inputRate) +
    cacheWrite * (call.price?.cacheWritePerMillion ?? inputRate);
  const output = (call.outputTokens ?? 0) * (call.price?.outputPerMillion ?? inputRate);
  return input + output === 0 ? 0 : input / (input + output);
}
