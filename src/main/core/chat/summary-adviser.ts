import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { SummaryAdvice } from '../../../shared/contract/context.ts';
import type { ConversationStore } from '../conversations/conversation-store.ts';
import type { RequestPartStore } from '../conversations/request-part-store.ts';
import type { SummaryStore } from '../conversations/summary-store.ts';
import type { UsageStore } from '../spend/usage-store.ts';
import { adviseSummary } from './advise-summary.ts';
import type { Branch, BranchHistory, StoredTurn } from './branch-history.ts';
import { forecastTurn, typicalTurn, type PastAnswer, type TypicalTurn } from './forecast-turn.ts';
import type { PlannedHistory, SendPlanner } from './plan-send.ts';
import { planSummary } from './plan-summary.ts';
import { prepareSummary, type SummaryPreparing } from './prepare-summary.ts';
import { summaryTurns } from './summary-prompts.ts';

export interface SummaryAdviserDeps extends SummaryPreparing {
  readonly history: BranchHistory;
  readonly planner: SendPlanner;
  readonly conversations: Pick<ConversationStore, 'get'>;
  readonly summaries: Pick<SummaryStore, 'dismissalOf'>;
  readonly usageStore: Pick<UsageStore, 'listByMessages'>;
  readonly requestParts: Pick<RequestPartStore, 'ofMessages'>;
}

export interface AdviceRequest {
  readonly conversationId: string;
  readonly branch: Branch;
  /** What of it goes along with the next question. */
  readonly history: PlannedHistory;
  /** Messages that went along again when the last summary was put aside or removed; 0: none did. */
  readonly givenBackCount: number;
  readonly model: ModelRef;
  readonly signal: AbortSignal;
}

/** Of how many of the last answers the usual length is taken. */
const recentAnswers = 3;

/** Works out what a summary of a branch would cost and save, from its last answers and the price of now. Asks no model. */
export function createSummaryAdviser(deps: SummaryAdviserDeps): (request: AdviceRequest) => Promise<SummaryAdvice | null> {
  async function typicalOf(turns: readonly StoredTurn[], model: ModelRef, signal: AbortSignal): Promise<TypicalTurn | null> {
    const answers = turns.filter(({ role }) => role === 'assistant').slice(-recentAnswers);
    const question = turns.findLast(({ role }) => role === 'user');
    const count = (counted: readonly StoredTurn[]): Promise<number[]> => deps.planner.countTurns(counted, model.modelId, signal);
    const [counts, [questionTokens = 0]] = [await count(answers), await count(question === undefined ? [] : [question])];
    const ids = answers.map(({ messageId }) => messageId);
    const calls = deps.usageStore.listByMessages(ids);
    const parts = deps.requestParts.ofMessages(ids);
    const [last, ...earlier] = ids
      .map((id, index): PastAnswer => {
        const ownCalls = calls.filter(({ messageId }) => messageId === id);
        return { calls: ownCalls, parts: parts.get(id) ?? [], textTokens: counts[index] ?? 0 };
      })
      .toReversed();
    return last === undefined ? null : typicalTurn([last, ...earlier], questionTokens, model);
  }

  return async ({ conversationId, branch, history, givenBackCount, model, signal }) => {
    const plan = planSummary(branch);
    // Whoever went back to the full history is not advised again before it is twice as long.
    if (plan === null || branch.turns.length < givenBackCount * 2) return null;
    const typical = await typicalOf(branch.turns, model, signal);
    if (typical === null) return null;
    const prepared = await prepareSummary(deps, plan, model, signal);
    const kept = await deps.planner.countTurns(plan.keptTurns, model.modelId, signal);
    const historyTokens = history.summaryTokens + history.tokens;
    const frameTokens = await countFrame(deps, model);
    const historyTokensAfter = frameTokens + prepared.targetTokens + kept.reduce((sum, tokens) => sum + tokens, 0);
    const serviceTier = deps.conversations.get(conversationId)?.parameters.serviceTier ?? null;
    const forecast = (tokens: number) => forecastTurn(deps, { model, serviceTier, typical }, tokens);
    return adviseSummary({
      messageCount: plan.messageCount,
      historyTokens,
      historyTokensAfter,
      now: forecast(historyTokens),
      after: forecast(historyTokensAfter),
      withoutHistory: forecast(0),
      summary: { tokens: prepared.tokens, amount: prepared.amount },
      contextTokens: deps.models.factsOf(model).contextTokens,
      isTrimmed: history.droppedCount > 0,
      dismissal: deps.summaries.dismissalOf(conversationId),
    });
  };
}

/** What the turns around a summary have without it. */
async function countFrame({ tokenCounter }: SummaryPreparing, { modelId }: ModelRef): Promise<number> {
  const messages = summaryTurns('').map(({ role, text }) => ({ role, content: text }));
  const { perMessage } = await tokenCounter.countChatParts(messages, modelId);
  return perMessage.reduce((sum, tokens) => sum + tokens, 0);
}
