import type { ConversationStore } from '../conversations/conversation-store.ts';
import type { SummaryStore } from '../conversations/summary-store.ts';
import type { BudgetService } from '../spend/budgets/budget-service.ts';
import { createBranchHistory } from './branch-history.ts';
import { createChatService, type ChatService, type ChatServiceDeps } from './chat-service.ts';
import { createContextService, type ContextDeps, type ContextService } from './context-service.ts';
import { createSendPlanner } from './plan-send.ts';
import { createQuoteService, type QuoteDeps, type QuoteService } from './quote-service.ts';
import { createTraceReader } from './read-trace.ts';
import { createBudgetedSend } from './send-within-budgets.ts';
import { createSummaryService, type SummaryDeps, type SummaryService } from './summary-service.ts';

/** Made here, from what is given. */
type Own = 'history' | 'planner' | 'summaries' | 'summaryRunOf';

export type AskingDeps = Omit<ChatServiceDeps & QuoteDeps & SummaryDeps & ContextDeps, Own> & {
  readonly conversations: ConversationStore;
  readonly summaryStore: SummaryStore;
  readonly budgets: BudgetService;
};

/** Everything that asks a model, or says beforehand what asking would take. */
export interface Asking {
  readonly chat: ChatService;
  readonly quotes: QuoteService;
  readonly summaries: SummaryService;
  readonly contexts: ContextService;
  readonly readTrace: ReturnType<typeof createTraceReader>;
  readonly budgetedSend: ReturnType<typeof createBudgetedSend>;
  /** Ends everything that is being asked for a conversation; resolves when it is booked. */
  stopRunsOf(conversationId: string): Promise<void>;
  /** Stops every run and settles it. */
  close(): Promise<void>;
}

/** Puts together what the routes of chat, quotes, summaries and the context work with. */
export function createAsking({ summaryStore, budgets, ...given }: AskingDeps): Asking {
  const { conversations, messages, images } = given;
  const deps = {
    ...given,
    history: createBranchHistory({ conversations, messages, summaries: summaryStore, images }),
    planner: createSendPlanner(given),
  };
  const chat = createChatService(deps);
  const quotes = createQuoteService({ ...deps, budgets });
  const summaries = createSummaryService({ ...deps, summaries: summaryStore, budgets });
  return {
    chat,
    quotes,
    summaries,
    contexts: createContextService({ ...deps, summaries: summaryStore, summaryRunOf: summaries.runOf }),
    readTrace: createTraceReader(deps),
    budgetedSend: createBudgetedSend({ chat, quotes, budgets, messages, images }),
    async stopRunsOf(conversationId) {
      await Promise.all([chat.stopRunsOf(conversationId), summaries.stopRunsOf(conversationId)]);
    },
    async close() {
      await chat.close();
      await summaries.close();
    },
  };
}
