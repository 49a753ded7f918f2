import type { BudgetNotice, BudgetState, budgets } from '../../../../shared/contract/budgets.ts';
import type { HandlersFor } from '../../../../shared/rpc/define.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../../db/database.ts';
import type { AppEvents } from '../../events.ts';
import type { BudgetStore, StoredBudget, StoredOverride } from './budget-store.ts';
import type { PlannedCall } from './judge-call.ts';
import { judgeSend, type SendClaim } from './judge-send.ts';
import { neededNanosOf } from './plan-call.ts';
import { countsTowards, type ReadStanding } from './read-standings.ts';
import type { SparedAmounts } from './spared-amounts.ts';

export interface BudgetServiceDeps {
  readonly db: Db;
  readonly store: BudgetStore;
  readonly readStanding: ReadStanding;
  readonly spared: SparedAmounts;
  readonly providers: () => readonly { readonly id: string; readonly name: string }[];
  readonly events: AppEvents;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
}

/** One call of a send that costs money. */
export interface SendCall {
  readonly providerId: string;
  readonly modelId: string;
  readonly planned: PlannedCall;
}

/** A send before it is made. */
export interface PlannedSend {
  /** null: it begins a conversation. */
  readonly conversationId: string | null;
  /** Those of models on this computer and of the demo left out. */
  readonly calls: readonly SendCall[];
  /** Of the model that is asked beside the first; null or missing: none is. */
  readonly besideCalls?: readonly SendCall[] | null;
}

export type BudgetService = ReturnType<typeof createBudgetService>;
type Handlers = HandlersFor<typeof budgets>;

const shownOverrides = 20;

/** Budgets: the `budgets.` routes, what they say about a send, and what is written down when one is passed over. */
export function createBudgetService(deps: BudgetServiceDeps) {
  const { db, store, events } = deps;

  function providerNameOf({ of }: Pick<StoredBudget, 'of'>): string | null {
    return of.kind === 'all' ? null : (deps.providers().find(({ id }) => id === of.providerId)?.name ?? null);
  }

  function stateOf(budget: StoredBudget, conversationId: string | null): BudgetState {
    const { spentNanos, spentExactness, reservedNanos } = deps.readStanding(budget, conversationId);
    return { ...budget, providerName: providerNameOf(budget), spentNanos, spentExactness, reservedNanos };
  }

  function requireBudget(id: string): StoredBudget {
    const budget = store.list().find((known) => known.id === id);
    if (budget === undefined) throw new AppError('NOT_FOUND', 'No such budget.');
    return budget;
  }

  function overrideOf(
    budget: BudgetState,
    fields: Pick<StoredOverride, 'kind' | 'newLimitNanos' | 'runId' | 'conversationId'>,
  ): StoredOverride {
    const { id: budgetId, per, of, limitNanos, atLimit, spentNanos } = budget;
    return { id: deps.newId(), budgetId, per, of, limitNanos, atLimit, spentNanos, at: deps.now(), ...fields };
  }

  function change(work: () => void): void {
    inTransaction(db, work);
    events.emit({ type: 'budgets.changed' });
  }

  return {
    list: ({ conversationId }) => ({
      budgets: store.list().map((budget) => stateOf(budget, conversationId)),
      overrides: store
        .listOverrides(shownOverrides)
        .map(({ budgetId: _budgetId, runId: _runId, ...override }) => ({ ...override, providerName: providerNameOf(override) })),
    }),
    set({ id, ...values }) {
      if (id !== null) requireBudget(id);
      const budget = { ...values, id: id ?? deps.newId() };
      change(() => store.set(budget, deps.now()));
      return { id: budget.id };
    },
    remove({ id }) {
      change(() => store.remove(id));
    },
    raise({ id, limitNanos }) {
      const budget = requireBudget(id);
      if (limitNanos <= budget.limitNanos)
        throw new AppError('INVALID_INPUT', 'The new limit is not higher.', { data: { field: 'limitNanos' } });
      const override = overrideOf(stateOf(budget, null), { kind: 'raised', newLimitNanos: limitNanos, runId: null, conversationId: null });
      change(() => {
        store.set({ ...budget, limitNanos }, deps.now());
        store.addOverride(override);
      });
    },
    /** Whether there is any, so that a send without budgets need not be quoted. */
    hasAny: (): boolean => store.list().length > 0,
    /** What the budgets say about a send; null when it fits and no notice is due. */
    judge({ conversationId, calls, besideCalls = null }: PlannedSend): BudgetNotice | null {
      const claims = store.list().flatMap((budget): (SendClaim & { budget: StoredBudget })[] => {
        const neededNanos = neededOf([...calls, ...(besideCalls ?? [])], budget);
        if (neededNanos === undefined) return [];
        const { noticeShare, atLimit } = budget;
        return [{ budget, standing: deps.readStanding(budget, conversationId), noticeShare, isBlocking: atLimit === 'block', neededNanos }];
      });
      const verdict = judgeSend(claims);
      const budget = claims.find(({ standing }) => standing.budgetId === verdict?.budgetId)?.budget;
      if (verdict === null || budget === undefined) return null;
      const besideNanos = besideCalls === null ? null : (neededOf(besideCalls, budget) ?? null);
      return { verdict: verdict.verdict, neededNanos: verdict.neededNanos, besideNanos, budget: stateOf(budget, conversationId) };
    },
    /** Leaves so much (nano-USD) of every budget to the run beside this one, until the answer of this one is under way. */
    spare: (runId: string, nanos: number): void => void deps.spared.set(runId, nanos),
    /** Writes down that a run was let through, which the ledger then heeds. */
    letThrough(notice: BudgetNotice, run: { readonly runId: string; readonly conversationId: string }): void {
      change(() => store.addOverride(overrideOf(notice.budget, { kind: 'sent_once', newLimitNanos: null, ...run })));
    },
  } satisfies {
    list: (input: Parameters<Handlers['budgets.list']>[0]) => ReturnType<Handlers['budgets.list']>;
    set: (input: Parameters<Handlers['budgets.set']>[0]) => ReturnType<Handlers['budgets.set']>;
    remove: (input: Parameters<Handlers['budgets.remove']>[0]) => ReturnType<Handlers['budgets.remove']>;
    raise: (input: Parameters<Handlers['budgets.raise']>[0]) => ReturnType<Handlers['budgets.raise']>;
    hasAny: () => boolean;
    judge: (send: PlannedSend) => BudgetNotice | null;
    spare: (runId: string, nanos: number) => void;
    letThrough: (notice: BudgetNotice, run: { readonly runId: string; readonly conversationId: string }) => void;
  };
}

/** What those of the calls need that count towards a budget; null where that is not known, undefined when none of them counts. */
function neededOf(calls: readonly SendCall[], budget: StoredBudget): number | null | undefined {
  const counted = calls.filter((call) => countsTowards(budget, { ...call, isInConversation: true }));
  return counted.length === 0 ? undefined : neededNanosOfAll(counted);
}

/** What calls need together to be worth making, in nano-USD; null when that is not known of one. */
export function neededNanosOfAll(calls: readonly SendCall[]): number | null {
  const needs = calls.map(({ planned }) => neededNanosOf(planned));
  return needs.reduce((sum, needed) => (sum === null || needed === null ? null : sum + needed), 0);
}
