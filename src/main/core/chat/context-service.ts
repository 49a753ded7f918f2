import { addAmount, emptyTotal } from '../../../shared/amount.ts';
import type { BranchSummary, SummaryRun } from '../../../shared/contract/context.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import type { StoredSummary } from '../conversations/summary-store.ts';
import type { UsageStore } from '../spend/usage-store.ts';
import type { Branch } from './branch-history.ts';
import { createSummaryAdviser, type SummaryAdviserDeps } from './summary-adviser.ts';

export interface ContextDeps extends SummaryAdviserDeps {
  readonly summaryRunOf: (conversationId: string) => SummaryRun | null;
  readonly usageStore: Pick<UsageStore, 'listByMessages' | 'listByRun'>;
}

export interface ContextService {
  context: HandlersFor<AppContract>['chat.context'];
}

/** Says what of a branch goes along with the next question, by the plan that a send follows, and whether a summary would be worth it. */
export function createContextService(deps: ContextDeps): ContextService {
  const adviseOn = createSummaryAdviser(deps);

  function present({ conversationId, runId, removedAt: _removedAt, ...summary }: StoredSummary): BranchSummary {
    const calls = deps.usageStore.listByRun(conversationId, runId);
    return { ...summary, total: calls.reduce((total, { amount }) => addAmount(total, amount), emptyTotal) };
  }

  return {
    async context({ conversationId, leafId, model, collectionIds, ...asking }, { signal }) {
      deps.history.requireParent(conversationId, leafId);
      const branch = deps.history.branchTo(leafId);
      const searches = collectionIds.length > 0;
      const { history, historyTurns } = await deps.planner.plan({ ...asking, branch, model, question: '', images: [], searches, signal });
      const summary = deps.history.summaryOn(leafId);
      const givenBackCount = deps.history.givenBackOn(leafId);
      const summaryRun = deps.summaryRunOf(conversationId);
      return {
        firstMessageId: history.firstMessageId,
        droppedTurnCount: history.droppedCount,
        unchosenTurnCount: history.unchosenCount,
        historyTurns,
        unseenImagesOf: deps.models.factsOf(model).takesImages ? [] : picturedFrom(history.firstMessageId, branch),
        summary: summary && present(summary),
        summaryRun,
        advice: summaryRun === null ? await adviseOn({ conversationId, branch, history, givenBackCount, model, signal }) : null,
      };
    },
  };
}

/** The questions with images from a message on, itself included; null: none. */
function picturedFrom(messageId: string | null, { turns }: Branch): string[] {
  const first = turns.findIndex((turn) => turn.messageId === messageId);
  return first < 0 ? [] : turns.slice(first).flatMap((turn) => ((turn.images ?? []).length > 0 ? [turn.messageId] : []));
}
