import { AppError } from '../../../../shared/rpc/errors.ts';
import type { Calibration } from '../calibration.ts';
import { expectedTokens } from '../count-line.ts';
import type { OpenCall } from '../open-call.ts';
import type { PriceBook } from '../prices/price-book.ts';
import type { RequestFacts } from '../read-request.ts';
import type { BudgetStore, StoredBudget } from './budget-store.ts';
import { judgeCall, type Admission, type BudgetStanding } from './judge-call.ts';
import { neededNanosOf, planCall } from './plan-call.ts';
import { readOutputLimit } from './output-limit.ts';
import { countsTowards, type ReadStanding } from './read-standings.ts';
import type { SparedAmounts } from './spared-amounts.ts';

export interface GuardDeps {
  readonly store: Pick<BudgetStore, 'list' | 'isOverridden'>;
  readonly readStanding: ReadStanding;
  readonly spared: SparedAmounts;
  readonly priceBook: PriceBook;
  readonly calibration: Pick<Calibration, 'lineOf'>;
}

/** What a call that may be made is held for, and how long its answer may be. */
export type Admitted = Pick<Extract<Admission, { kind: 'admitted' }>, 'reservedNanos' | 'maxOutputTokens'>;

/** Stands before every billable call. */
export interface CallGuard {
  /**
   * To be called in the transaction that notes the call down. Throws AppError BUDGET_EXCEEDED, or BUDGET_UNBOUNDED for a call whose
   * price nobody knows; nothing has left then.
   */
  admit(call: OpenCall, facts: RequestFacts): Admitted;
}

/** Without budgets nothing is held, and nothing refused. */
export const noGuard: CallGuard = { admit: () => ({ reservedNanos: 0, maxOutputTokens: null }) };

/** Holds every call against the budgets it counts towards. Calls to models on this computer and to the demo cost nothing and pass. */
export function createCallGuard(deps: GuardDeps): CallGuard {
  return {
    admit(call, facts) {
      const { attribution } = call;
      const budgets = attribution.providerKind === 'remote' ? deps.store.list().filter((budget) => concerns(budget, call)) : [];
      if (budgets.length === 0) return noGuard.admit(call, facts);
      const planned = planCall({ ...priced(deps, call, facts), ...outputOf(facts), reasonsInSilence: facts.reasonsInSilence });
      if (attribution.runId !== null && deps.store.isOverridden(attribution.runId)) {
        return { reservedNanos: neededNanosOf(planned) ?? 0, maxOutputTokens: null };
      }
      const standings = budgets.map((budget) => deps.readStanding(budget, attribution.conversationId));
      const admission = judgeCall(planned, standings.map(leavingSpared(deps.spared, call)));
      if (admission.kind === 'admitted') return admission;
      const standing = standings.find(({ budgetId }) => budgetId === admission.budgetId);
      const code = admission.reason === 'over' ? 'BUDGET_EXCEEDED' : 'BUDGET_UNBOUNDED';
      throw new AppError(code, 'A budget does not allow this call.', { data: { ...standing, neededNanos: neededNanosOf(planned) } });
    },
  };
}

/** What a run leaves to the one beside it is taken for held. */
function leavingSpared(spared: SparedAmounts, { attribution: { runId, purpose } }: OpenCall): (standing: BudgetStanding) => BudgetStanding {
  const sparedNanos = runId === null ? 0 : (spared.get(runId) ?? 0);
  if (runId !== null && purpose === 'answer') spared.delete(runId);
  return (standing) => ({ ...standing, reservedNanos: standing.reservedNanos + sparedNanos });
}

function concerns(budget: StoredBudget, { attribution }: OpenCall): boolean {
  const { providerId, requestedModel: modelId, conversationId } = attribution;
  return countsTowards(budget, { providerId, modelId, isInConversation: conversationId !== null });
}

function priced(deps: GuardDeps, { attribution, localInputTokens, hasUncounted, startedAt }: OpenCall, facts: RequestFacts) {
  const { baseUrl, requestedModel } = attribution;
  const line = deps.calibration.lineOf(baseUrl, requestedModel, 'input');
  const inputTokens = localInputTokens === null || hasUncounted ? null : expectedTokens(line, localInputTokens);
  // A dearer tier is paid as asked; a cheaper one may not be had, and is then billed as usual.
  const serviceTier = facts.body['service_tier'] === 'priority' ? 'priority' : null;
  const price = deps.priceBook.priceOf({ baseUrl, model: facts.model, requestedModel, at: startedAt, serviceTier, inputTokens });
  return { inputTokens, price };
}

function outputOf({ endpoint, body }: RequestFacts) {
  return { writes: endpoint !== 'embeddings', askedOutputTokens: readOutputLimit(body) };
}
