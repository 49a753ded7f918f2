import type { BudgetOf, BudgetOverride, BudgetPer, BudgetValues } from '../../../../shared/contract/budgets.ts';
import type { Db } from '../../db/database.ts';

export interface StoredBudget extends BudgetValues {
  readonly id: string;
}

/** An override with what only the ledger asks for. */
export interface StoredOverride extends Omit<BudgetOverride, 'providerName'> {
  readonly budgetId: string;
  readonly runId: string | null;
}

export type BudgetStore = ReturnType<typeof createBudgetStore>;

interface Columns {
  readonly per: BudgetPer;
  readonly providerId: string | null;
  readonly modelId: string | null;
}

type BudgetRow = Columns & Pick<StoredBudget, 'id' | 'limitNanos' | 'noticeShare' | 'atLimit'>;
type OverrideRow = Columns & Omit<StoredOverride, 'of' | 'per'>;

const budgetColumns = `id, per, provider_id AS providerId, model_id AS modelId, limit_nanos AS limitNanos, notice_share AS noticeShare,
  at_limit AS atLimit`;
const overrideColumns = `id, kind, budget_id AS budgetId, per, provider_id AS providerId, model_id AS modelId, limit_nanos AS limitNanos,
  at_limit AS atLimit, spent_nanos AS spentNanos, new_limit_nanos AS newLimitNanos, run_id AS runId, conversation_id AS conversationId, at`;

/** Budgets and their overrides. */
export function createBudgetStore(db: Db) {
  const selectAll = db.prepare<[], BudgetRow>(`SELECT ${budgetColumns} FROM budget ORDER BY created_at, id`);
  const upsert = db.prepare<BudgetRow & { createdAt: number }>(`
    INSERT INTO budget (id, per, provider_id, model_id, limit_nanos, notice_share, at_limit, created_at)
    VALUES (@id, @per, @providerId, @modelId, @limitNanos, @noticeShare, @atLimit, @createdAt)
    ON CONFLICT DO UPDATE SET per = excluded.per, provider_id = excluded.provider_id, model_id = excluded.model_id,
      limit_nanos = excluded.limit_nanos, notice_share = excluded.notice_share, at_limit = excluded.at_limit`);
  const remove = db.prepare<[string]>('DELETE FROM budget WHERE id = ?');
  const insertOverride = db.prepare<OverrideRow>(`
    INSERT INTO budget_override (id, kind, budget_id, per, provider_id, model_id, limit_nanos, at_limit, spent_nanos, new_limit_nanos,
      run_id, conversation_id, at)
    VALUES (@id, @kind, @budgetId, @per, @providerId, @modelId, @limitNanos, @atLimit, @spentNanos, @newLimitNanos, @runId, @conversationId,
      @at)`);
  const selectOverrides = db.prepare<[number], OverrideRow>(
    `SELECT ${overrideColumns} FROM budget_override ORDER BY at DESC, id DESC LIMIT ?`,
  );
  const selectOfRun = db.prepare<[string]>('SELECT 1 FROM budget_override WHERE run_id = ? LIMIT 1').pluck();

  return {
    /** Oldest first. */
    list: (): StoredBudget[] => selectAll.all().map(({ providerId, modelId, ...budget }) => ({ ...budget, of: toOf(providerId, modelId) })),
    set({ of, ...budget }: StoredBudget, createdAt: number): void {
      upsert.run({ ...budget, ...toColumns(of), createdAt });
    },
    remove: (id: string): void => void remove.run(id),
    addOverride({ of, ...override }: StoredOverride): void {
      insertOverride.run({ ...override, ...toColumns(of) });
    },
    /** Newest first. */
    listOverrides: (limit: number): StoredOverride[] =>
      selectOverrides.all(limit).map(({ providerId, modelId, ...override }) => ({ ...override, of: toOf(providerId, modelId) })),
    /** The person has let this run pass. */
    isOverridden: (runId: string): boolean => selectOfRun.get(runId) !== undefined,
  };
}

function toOf(providerId: string | null, modelId: string | null): BudgetOf {
  if (providerId === null) return { kind: 'all' };
  return modelId === null ? { kind: 'provider', providerId } : { kind: 'model', providerId, modelId };
}

function toColumns(of: BudgetOf): Pick<Columns, 'providerId' | 'modelId'> {
  return { providerId: of.kind === 'all' ? null : of.providerId, modelId: of.kind === 'model' ? of.modelId : null };
}
