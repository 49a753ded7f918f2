import type { Failure } from '../../../shared/contract/chat.ts';
import { failureOf } from '../providers/describe-failure.ts';
import type { MeteredChatModel, ProviderClients, StepAttribution } from '../providers/provider-clients.ts';
import { decideOutcome } from './decide-outcome.ts';
import type { PreparedSummary } from './prepare-summary.ts';
import { readAnswerChunk } from './read-answer-chunk.ts';
import { summaryMessages } from './summary-prompts.ts';
import type { Turn } from './prompt.ts';

export interface SummaryOrder {
  readonly prepared: PreparedSummary;
  /** The summary it takes in; null: there is none. */
  readonly before: string | null;
  readonly attribution: Omit<StepAttribution, 'purpose'>;
  readonly signal: AbortSignal;
}

/** How the writing of a summary ended, with all its calls booked. */
export type WrittenSummary =
  | { readonly status: 'done'; readonly text: string }
  | { readonly status: 'stopped' }
  | { readonly status: 'failed'; readonly failure: Failure };

/**
 * Has a summary written, one call after the other, each taking in what the one before it wrote. Never throws: what is not whole, such
 * as a reply that was cut at its limit of tokens, is no summary.
 */
export async function writeSummary(
  deps: { readonly clients: ProviderClients; readonly now: () => number },
  { prepared, before, attribution, signal }: SummaryOrder,
): Promise<WrittenSummary> {
  let text = before;
  for (const { turns } of prepared.stretches) {
    const part = await writePart(deps, { prepared, before: text, turns, attribution, signal });
    if (part.status !== 'done') return part;
    ({ text } = part);
  }
  return text === null ? { status: 'failed', failure: { code: 'EMPTY_REPLY' } } : { status: 'done', text };
}

async function writePart(
  { clients, now }: Parameters<typeof writeSummary>[0],
  { prepared, before, turns, attribution, signal }: SummaryOrder & { readonly turns: readonly Turn[] },
): Promise<WrittenSummary> {
  const describe = (error: unknown): Failure => failureOf(error, { signal, modelId: prepared.model.modelId, now: now() });
  let client: MeteredChatModel | null = null;
  let failure: Failure | null = null;
  let text = '';
  let isCut = false;
  try {
    client = await clients.chatModel(prepared.model, { ...attribution, purpose: 'summary' });
    for await (const chunk of await client.model.stream(summaryMessages(before, turns, prepared.targetTokens), { signal })) {
      const piece = readAnswerChunk(chunk);
      text += piece.text;
      isCut ||= piece.isCut;
    }
  } catch (error) {
    failure = describe(error);
  }
  try {
    const answerCalls = (await client?.call.settled()) ?? [];
    const verdict = decideOutcome({ stoppedByUser: signal.aborted, failure, text, isCut, limitTokens: null, answerCalls });
    if (verdict.status === 'done') return { status: 'done', text: text.trim() };
    if (verdict.failure === null) return { status: 'stopped' };
    return { status: 'failed', failure: verdict.failure };
  } catch (error) {
    // A record that could not be booked (a full disk) is worse than whatever went wrong before it.
    return { status: 'failed', failure: describe(error) };
  }
}
