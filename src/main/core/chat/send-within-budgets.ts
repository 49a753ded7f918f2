import type { BudgetNotice } from '../../../shared/contract/budgets.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor, ParsedInputOf } from '../../../shared/rpc/define.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { ImageStore } from '../conversations/image-store.ts';
import type { MessageStore } from '../conversations/message-store.ts';
import type { BudgetService } from '../spend/budgets/budget-service.ts';
import type { ChatService } from './chat-service.ts';
import type { QuoteService } from './quote-service.ts';

export interface BudgetedSendDeps {
  readonly chat: Pick<ChatService, 'send' | 'regenerate'>;
  readonly quotes: QuoteService;
  readonly budgets: Pick<BudgetService, 'hasAny' | 'letThrough'>;
  readonly messages: Pick<MessageStore, 'row'>;
  readonly images: Pick<ImageStore, 'ofMessages'>;
}

type Handlers = HandlersFor<AppContract>;
type QuoteInput = ParsedInputOf<AppContract['chat.quote']>;

/**
 * Sends what fits into the budgets, as a whole, before anything of it is stored: its quote is held against them. What does not
 * fit throws AppError BUDGET_EXCEEDED or BUDGET_UNBOUNDED, and is sent once when the person passes the very budget they were told of.
 * The ledger holds each call against the budgets once more when it leaves.
 */
export function createBudgetedSend({
  chat,
  quotes,
  budgets,
  messages,
  images,
}: BudgetedSendDeps): Pick<Handlers, 'chat.send' | 'chat.regenerate'> {
  /** What stands in the way of a send that is let through all the same; null when nothing does. */
  async function obstacle(request: QuoteInput, passBudgetId: string | null, signal: AbortSignal): Promise<BudgetNotice | null> {
    if (!budgets.hasAny()) return null;
    const { budget: notice } = await quotes.quote(request, { signal });
    if (notice === null || notice.verdict === 'notice') return null;
    if (notice.budget.id !== passBudgetId) throw refusal(notice);
    return notice;
  }

  return {
    async 'chat.send'({ passBudgetId, compareWith, ...input }, { signal }) {
      const { messageId, ...asked } = input;
      // Sent before, and repeated after a lost connection: it is not sent again.
      const isRepeated = messages.row(messageId) !== undefined;
      const passed = isRepeated ? null : await obstacle({ ...asked, compareWith }, passBudgetId, signal);
      const started = chat.send(input);
      if (passed !== null) budgets.letThrough(passed, started);
      return started;
    },
    async 'chat.regenerate'({ passBudgetId, ...input }, { signal }) {
      const { userMessageId, ...asked } = input;
      const question = messages.row(userMessageId);
      if (question === undefined) throw new AppError('NOT_FOUND', 'No such question.');
      const { conversationId, parentId, text, scope } = question;
      const attached = images.ofMessages([userMessageId]).get(userMessageId) ?? [];
      const quoted = { conversationId, parentId, text, images: attached, scope, compareWith: null, ...asked };
      const passed = await obstacle(quoted, passBudgetId, signal);
      const started = chat.regenerate(input);
      if (passed !== null) budgets.letThrough(passed, started);
      return started;
    },
  };
}

/** Why a budget does not allow a send: BUDGET_EXCEEDED or BUDGET_UNBOUNDED, with the numbers. */
export function refusal({ verdict, budget, neededNanos }: BudgetNotice): AppError {
  const { id: budgetId, limitNanos, spentNanos, reservedNanos } = budget;
  const code = verdict === 'over' ? 'BUDGET_EXCEEDED' : 'BUDGET_UNBOUNDED';
  return new AppError(code, 'A budget does not allow this send.', {
    data: { budgetId, limitNanos, spentNanos, reservedNanos, neededNanos },
  });
}
