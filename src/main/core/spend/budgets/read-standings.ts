import type { Db } from '../../db/database.ts';
import { localDayOf, monthStartOf } from '../local-day.ts';
import { settledExactness, settledNanos } from '../settled-amount.ts';
import type { StoredBudget } from './budget-store.ts';
import type { BudgetStanding } from './judge-call.ts';

export interface StandingDeps {
  readonly db: Db;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** IANA name of the user's time zone. */
  readonly timeZone: () => string;
}

/** Where a budget stands, and how sure what is booked is. */
export interface ReadBudgetStanding extends BudgetStanding {
  readonly spentExactness: 'exact' | 'estimated' | 'lower_bound';
}

/** Where budgets stand now. `conversationId` is the one that a budget for each conversation is asked about. */
export type ReadStanding = (budget: StoredBudget, conversationId: string | null) => ReadBudgetStanding;

interface SpentRow {
  readonly costNanos: number;
  readonly estimatedCount: number;
  /** Calls whose cost is a lower bound, or not known at all. */
  readonly unboundCount: number;
}

const nothingSpent: SpentRow = { costNanos: 0, estimatedCount: 0, unboundCount: 0 };

interface Scope {
  readonly providerId: string | null;
  readonly modelId: string | null;
}

/**
 * Reads what is booked towards a budget, and what is held for calls under way. A day and a month are those of the user's calendar;
 * what is booked later than the clock says counts as well, so that a clock set back, or a journey to the west, opens no
 * second budget. What is held lies in the journal of open calls: it is there after a kill, and seen by every process.
 */
export function createReadStanding({ db, now, timeZone }: StandingDeps): ReadStanding {
  const ofScope = `(@providerId IS NULL OR provider_id = @providerId) AND (@modelId IS NULL OR requested_model = @modelId)`;
  const spentSince = db.prepare<{ split: string; key: string; from: string }, SpentRow>(`
    SELECT coalesce(sum(cost_nanos), 0) AS costNanos, coalesce(sum(estimated_count), 0) AS estimatedCount,
      coalesce(sum(lower_bound_count + no_price_count), 0) AS unboundCount
    FROM usage_sum WHERE split = @split AND unit = 'day' AND period >= @from AND key = @key`);
  const spentIn = db.prepare<Scope & { conversationId: string }, SpentRow>(`
    SELECT coalesce(sum(${settledNanos}), 0) AS costNanos, coalesce(sum(${settledExactness} = 'estimated'), 0) AS estimatedCount,
      coalesce(sum(${settledExactness} IN ('lower_bound', 'no_price')), 0) AS unboundCount
    FROM usage_record WHERE conversation_id = @conversationId AND ${ofScope}`);
  const attributed = (field: string): string => `json_extract(call_json, '$.attribution.${field}')`;
  const reserved = db
    .prepare<Scope & { conversationId: string | null }, number>(
      `SELECT coalesce(sum(json_extract(call_json, '$.reservedNanos')), 0) FROM open_call
       WHERE (@providerId IS NULL OR ${attributed('providerId')} = @providerId)
         AND (@modelId IS NULL OR ${attributed('requestedModel')} = @modelId)
         AND (@conversationId IS NULL OR ${attributed('conversationId')} = @conversationId)`,
    )
    .pluck();

  return ({ id, per, of, limitNanos }, conversationId) => {
    const scope = { providerId: of.kind === 'all' ? null : of.providerId, modelId: of.kind === 'model' ? of.modelId : null };
    const standing = (spent: SpentRow, reservedNanos: number | undefined): ReadBudgetStanding => {
      const spentExactness = spent.unboundCount > 0 ? 'lower_bound' : spent.estimatedCount > 0 ? 'estimated' : 'exact';
      return { budgetId: id, limitNanos, spentNanos: spent.costNanos, spentExactness, reservedNanos: reservedNanos ?? 0 };
    };
    if (per === 'conversation') {
      if (conversationId === null) return standing(nothingSpent, 0);
      return standing(spentIn.get({ ...scope, conversationId }) ?? nothingSpent, reserved.get({ ...scope, conversationId }));
    }
    const today = localDayOf(now(), timeZone());
    const from = per === 'day' ? today : monthStartOf(today);
    return standing(spentSince.get({ ...sumOf(of), from }) ?? nothingSpent, reserved.get({ ...scope, conversationId: null }));
  };
}

/** The sums that hold the calls of a budget, by day. */
function sumOf(of: StoredBudget['of']): { split: string; key: string } {
  if (of.kind === 'all') return { split: 'all', key: '' };
  return of.kind === 'provider' ? { split: 'provider', key: of.providerId } : { split: 'model', key: `${of.providerId}/${of.modelId}` };
}

/** Whether a call counts towards a budget. Calls that belong to no conversation count towards none for each. */
export function countsTowards(
  { per, of }: Pick<StoredBudget, 'per' | 'of'>,
  call: { readonly providerId: string; readonly modelId: string; readonly isInConversation: boolean },
): boolean {
  if (per === 'conversation' && !call.isInConversation) return false;
  if (of.kind === 'all') return true;
  return of.providerId === call.providerId && (of.kind === 'provider' || of.modelId === call.modelId);
}
