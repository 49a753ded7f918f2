import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { costNanos } from './money.ts';

const id = z.string().min(1).max(64);

/** What a budget is for anew: each day or month of the user's calendar, or each conversation as a whole. */
export const budgetPer = z.enum(['day', 'month', 'conversation']);
export type BudgetPer = z.infer<typeof budgetPer>;

/** Whose calls count towards a budget. */
export const budgetOf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('provider'), providerId: id }),
  z.object({ kind: z.literal('model'), providerId: id, modelId: z.string().min(1).max(200) }),
]);
export type BudgetOf = z.infer<typeof budgetOf>;

const budgetValues = z.object({
  per: budgetPer,
  of: budgetOf,
  /** At most a million dollars. */
  limitNanos: z.int().positive().max(1_000_000_000_000_000),
  /** From this share of the limit on it is said how much is used. */
  noticeShare: z.number().min(0.01).max(1),
  /** What a send that does not fit meets: ask offers to send it once all the same, block refuses it until the person overrides it. */
  atLimit: z.enum(['ask', 'block']),
});
export type BudgetValues = z.infer<typeof budgetValues>;

/** A budget with what is used of it now; of one for each conversation, by the conversation that was asked about. */
export const budgetState = budgetValues.extend({
  id,
  /** The provider's name; null for a budget on everything, or when the provider is gone. */
  providerName: z.string().nullable(),
  /** Booked in this day, month or conversation. */
  spentNanos: costNanos,
  /** How sure that is. */
  spentExactness: z.enum(['exact', 'estimated', 'lower_bound']),
  /** Held for calls under way: their input and the most their answers can cost. */
  reservedNanos: costNanos,
});
export type BudgetState = z.infer<typeof budgetState>;

/**
 * What a budget says about a send. notice: it fits, and more than the chosen share is used then. over: it does not fit.
 * unpriced: nobody knows what it costs, so no budget can bound it.
 */
export const budgetNotice = z.object({
  verdict: z.enum(['notice', 'over', 'unpriced']),
  budget: budgetState,
  /** What the send needs: all of its input and the shortest useful answer; null where that is not known. */
  neededNanos: costNanos.nullable(),
  /** Of it, what the model that is asked beside the first needs; null where none is, or that is not known. */
  besideNanos: costNanos.nullable(),
});
export type BudgetNotice = z.infer<typeof budgetNotice>;

/** A limit that was passed over or raised, by whom it belonged to. */
export const budgetOverride = z.object({
  id,
  kind: z.enum(['sent_once', 'raised']),
  per: budgetPer,
  of: budgetOf,
  providerName: z.string().nullable(),
  limitNanos: costNanos,
  /** What the budget did at its limit; null: not noted down then. */
  atLimit: budgetValues.shape.atLimit.nullable(),
  /** Used when it happened. */
  spentNanos: costNanos,
  /** Of a limit that was raised. */
  newLimitNanos: costNanos.nullable(),
  conversationId: z.string().nullable(),
  /** Epoch milliseconds. */
  at: z.int(),
});
export type BudgetOverride = z.infer<typeof budgetOverride>;

export const budgets = {
  /** Every budget, and the latest overrides, newest first. */
  'budgets.list': call({
    input: z.object({ conversationId: id.nullable() }),
    output: z.object({ budgets: z.array(budgetState), overrides: z.array(budgetOverride) }),
  }),
  /** Without an id a new one. */
  'budgets.set': call({ input: budgetValues.extend({ id: id.nullable() }), output: z.object({ id }) }),
  'budgets.remove': call({ input: z.object({ id }), output: z.void() }),
  /** Raises a limit from where it stops a send; it is written down. */
  'budgets.raise': call({ input: z.object({ id, limitNanos: budgetValues.shape.limitNanos }), output: z.void() }),
};
