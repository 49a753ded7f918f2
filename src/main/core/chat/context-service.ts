import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import type { KnownModels } from '../providers/model-facts.ts';
import type { BranchHistory } from './branch-history.ts';
import type { SendPlanner } from './plan-send.ts';

export interface ContextDeps {
  readonly history: BranchHistory;
  readonly planner: SendPlanner;
  readonly models: KnownModels;
}

export interface ContextService {
  context: HandlersFor<AppContract>['chat.context'];
}

/** Says what of a branch goes along with the next question, by the plan that a send follows. */
export function createContextService({ history, planner, models }: ContextDeps): ContextService {
  return {
    async context({ conversationId, leafId, model }, { signal }) {
      history.requireParent(conversationId, leafId);
      const { contextTokens } = models.factsOf(model);
      const plan = await planner.plan({ turns: history.turnsTo(leafId), modelId: model.modelId, contextTokens, searches: false, signal });
      return { firstMessageId: plan.history.turns[0]?.messageId ?? null, droppedTurnCount: plan.history.droppedCount };
    },
  };
}
