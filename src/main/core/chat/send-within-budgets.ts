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
  readonly budgets: Pick<BudgetService, 'hasAny' | 'letThrough' | 'spare'>;
  readonly messages: Pick<MessageStore, 'row'>;
  readonly images: Pick<ImageStore, 'ofMessages'>;
}

type Handlers = HandlersFor<AppContract>;
type QuoteInput = ParsedInputOf<AppContract['chat.quote']>;

/** With what a send goes. */
interface Leave {
  /** The budget that it passes although it does not fit; null: it fits. */
  readonly passed: BudgetNotice | null;
  /** What is to be left to the model beside it; null: nothing. */
  readonly besideNanos: number | null;
}

const withoutBudgets: Leave = { passed: null, besideNanos: null };

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
  /** What the budgets say of a send that may go. Throws when it may not. */
  async function leaveOf(request: QuoteInput, passBudgetId: string | null, signal: AbortSignal): Promise<Leave> {
    if (!budgets.hasAny()) return withoutBudgets;
    const { budget: notice, besideNanos } = await quotes.quote(request, { signal });
    if (notice === null || notice.verdict === 'notice') return { passed: null, besideNanos };
    if (notice.budget.id !== passBudgetId) throw refusal(notice);
    return { passed: notice, besideNanos };
  }

  return {
    async 'chat.send'({ passBudgetId, compareWith, ...input }, { signal }) {
      const { messageId, ...asked } = input;
      // Sent before, and repeated after a lost connection: it is not sent again.
      const isRepeated = messages.row(messageId) !== undefined;
      const leave = isRepeated ? withoutBudgets : await leaveOf({ ...asked, compareWith }, passBudgetId, signal);
      const started = chat.send(input);
      if (leave.passed !== null) budgets.letThrough(leave.passed, started);
      if (leave.besideNanos !== null) budgets.spare(started.runId, leave.besideNanos);
      return started;
    },
    async 'chat.regenerate'({ passBudgetId, ...input }, { signal }) {
      const { userMessageId, ...asked } = input;
      const question = messages.row(userMessageId);
      if (question === undefined) throw new AppError('NOT_FOUND', 'No such question.');
      const { conversationId, parentId, text, scope } = question;
      const attached = images.ofMessages([userMessageId]).get(userMessageId) ?? [];
      const quoted = { conversationId, parentId, text, images: attached, scope, compareWith: null, ...asked };
      const { passed } = await leaveOf(quoted, passBudgetId, signal);
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
