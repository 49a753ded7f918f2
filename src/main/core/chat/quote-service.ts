import { addAmount, emptyTotal } from '../../../shared/amount.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { Quote } from '../../../shared/contract/quote.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import type { ImageStore } from '../conversations/image-store.ts';
import { neededNanosOfAll, type BudgetService } from '../spend/budgets/budget-service.ts';
import { createSendCounter, type SendCountDeps } from './count-send.ts';
import type { PricedCall } from './quote-price.ts';

export interface QuoteDeps extends SendCountDeps {
  readonly images: Pick<ImageStore, 'require'>;
  readonly budgets: Pick<BudgetService, 'judge'>;
}

export interface QuoteService {
  quote: HandlersFor<AppContract>['chat.quote'];
}

/**
 * Quotes what a send would cost. It goes through the same planning and assembles the same messages as the run does, asks
 * no model, and keeps what it has counted of a conversation, so that it can be asked at every pause of someone typing.
 */
export function createQuoteService(deps: QuoteDeps): QuoteService {
  const countSend = createSendCounter(deps);
  return {
    async quote(request, { signal }): Promise<Quote> {
      const { conversationId, parentId, compareWith } = request;
      if (conversationId !== null) deps.history.requireParent(conversationId, parentId);
      const question = { ...request, images: deps.images.require(request.images) };
      const { plan, answer, calls, sendCalls, maxOutputTokens, searchDiffers } = await countSend(question, false, signal);
      const beside = compareWith === null ? null : await countSend({ ...question, model: compareWith }, true, signal);
      return {
        parts: calls.flatMap((call) => call.parts),
        inputTokens: answer.inputTokens,
        total: calls.reduce((total, { amount }) => addAmount(total, amount), emptyTotal),
        contextTokens: plan.window.contextTokens,
        isContextAssumed: plan.window.isContextAssumed,
        answerRoomTokens: plan.window.answerTokens,
        droppedTurnCount: plan.history.droppedCount,
        unchosenTurnCount: plan.history.unchosenCount,
        historyTurns: plan.historyTurns,
        answerLimit: maxOutputTokens === null ? null : { tokens: maxOutputTokens, amount: answer.outputAmount(maxOutputTokens) },
        outputPerMillion: outputRate(answer.price),
        isPriceAssumed: calls.some(({ price }) => price?.isAssumed === true),
        isCalibrated: calls.some(({ isCalibrated }) => isCalibrated),
        besideNanos: beside === null ? null : neededNanosOfAll(beside.sendCalls),
        budget: deps.budgets.judge({ conversationId, calls: sendCalls, besideCalls: beside?.sendCalls ?? null }),
        searchDiffers,
      };
    },
  };
}

function outputRate(price: PricedCall['price']): number | null {
  if (price === null || price.outputPerMillion === null) return null;
  return price.outputPerMillion * price.multiplier;
}
