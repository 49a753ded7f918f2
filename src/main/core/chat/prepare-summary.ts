import type { BaseMessage } from '@langchain/core/messages';
import { addAmount, emptyTotal, type Amount } from '../../../shared/amount.ts';
import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { ProviderClients } from '../providers/provider-clients.ts';
import type { SendCall } from '../spend/budgets/budget-service.ts';
import { reasonsInSilence } from '../spend/hidden-reasoning.ts';
import { messageTexts } from '../spend/langchain-texts.ts';
import type { TokenCounter } from '../spend/tokens/token-counter.ts';
import { toSendCall } from './budgeted-call.ts';
import { cutIntoStretches, type Stretch } from './cut-into-stretches.ts';
import type { SendPlanner } from './plan-send.ts';
import { summaryTargetTokens, type SummaryPlan } from './plan-summary.ts';
import { priceCall, type PricingDeps } from './quote-price.ts';
import { assumedContextTokens } from './share-window.ts';
import { summaryMessages } from './summary-prompts.ts';

export interface SummaryPreparing extends PricingDeps {
  readonly clients: Pick<ProviderClients, 'smallModelOf'>;
  readonly tokenCounter: TokenCounter;
  readonly planner: Pick<SendPlanner, 'countTurns'>;
}

/** All that is settled about a summary before a model is asked. */
export interface PreparedSummary {
  /** Who writes it. */
  readonly model: ModelRef;
  /** What each of its calls is made from, one call where that fits. Each takes in what the one before it wrote. */
  readonly stretches: readonly Stretch[];
  /** How long it is asked to be. */
  readonly targetTokens: number;
  /** Input and output of all calls together, as far as can be told. */
  readonly tokens: number;
  readonly amount: Amount;
  /** As the budgets see them. */
  readonly calls: readonly SendCall[];
}

/** Share of the writer's window that one call is given to read; its instructions, the summary before and the reply have the rest. */
const stretchShare = 0.6;

/** Prepares the summary of a plan, to be written by the small model beside `model`, and counts what that would take. */
export async function prepareSummary(
  deps: SummaryPreparing,
  plan: SummaryPlan,
  model: ModelRef,
  signal: AbortSignal,
): Promise<PreparedSummary> {
  const writer = deps.clients.smallModelOf(model);
  const counts = await deps.planner.countTurns(plan.turns, writer.modelId, signal);
  const targetTokens = summaryTargetTokens(counts.reduce((sum, tokens) => sum + tokens, 0));
  const window = deps.models.factsOf(writer).contextTokens ?? assumedContextTokens;
  const stretches = cutIntoStretches(plan.turns, counts, Math.floor(window * stretchShare));
  const frameTokens = await countMessages(deps, summaryMessages(null, [], targetTokens), writer);
  const beforeTokens = plan.before === null ? 0 : await deps.tokenCounter.count(plan.before, writer.modelId);
  const priced = stretches.map(({ tokens }, index) => {
    const taken = frameTokens + tokens + (index === 0 ? beforeTokens : targetTokens);
    // What a model thinks in silence is billed too, and nobody can say how much that will be.
    const isLowerBound = reasonsInSilence(writer.modelId, null);
    return { ...priceCall(deps, { model: writer, parts: [{ kind: 'history', tokens: taken }], isLowerBound }), model: writer };
  });
  return {
    model: writer,
    stretches,
    targetTokens,
    tokens: priced.reduce((sum, { inputTokens }) => sum + inputTokens + targetTokens, 0),
    amount: sumOf(priced.map(({ amountWith }) => amountWith({ cacheReadTokens: 0, outputTokens: targetTokens }))),
    calls: priced.flatMap((call) => toSendCall(call, null)),
  };
}

function countMessages({ tokenCounter }: SummaryPreparing, messages: BaseMessage[], { modelId }: ModelRef): Promise<number> {
  return tokenCounter.countChat(messageTexts(messages), modelId);
}

/** Amounts of calls to one model, which all have a price or all have none. */
function sumOf(amounts: readonly Amount[]): Amount {
  const [first] = amounts;
  if (first === undefined || !('costNanos' in first)) return first ?? { exactness: 'no_price' };
  return { exactness: first.exactness, costNanos: amounts.reduce((total, amount) => addAmount(total, amount), emptyTotal).costNanos };
}
