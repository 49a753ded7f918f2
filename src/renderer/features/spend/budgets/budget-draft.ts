import type { BudgetOf, BudgetState, BudgetValues } from '../../../../shared/contract/budgets.ts';

const nanosPerDollar = 1_000_000_000;

/** A budget as it is edited. */
export interface BudgetDraft extends Omit<BudgetValues, 'limitNanos'> {
  readonly id: string | null;
  /** In dollars, as typed. */
  readonly limit: string;
}

/** What the dialog begins with: a new budget of five dollars a month on everything, or the one that is changed. */
export function draftOf(budget: BudgetState | null): BudgetDraft {
  if (budget === null) return { id: null, per: 'month', of: { kind: 'all' }, limit: '5', noticeShare: 0.8, atLimit: 'ask' };
  const { id, per, of, limitNanos, noticeShare, atLimit } = budget;
  return { id, per, of, limit: String(limitNanos / nanosPerDollar), noticeShare, atLimit };
}

/** What is typed as a limit, in nano-USD; null when it is no amount above zero. */
export function readLimit(text: string): number | null {
  const trimmed = text.trim().replace(/^\$\s*/u, '');
  // A comma is a decimal sign to many; more than a million dollars is a slip.
  if (!/^\d{1,6}(?:[.,]\d{1,9})?$/u.test(trimmed)) return null;
  const limitNanos = Math.round(Number(trimmed.replace(',', '.')) * nanosPerDollar);
  return limitNanos > 0 ? limitNanos : null;
}

/** `of` as one value of a select. Ids of providers have no slash, those of models may. */
export function keyOf(of: BudgetOf): string {
  if (of.kind === 'all') return 'all';
  return of.kind === 'provider' ? of.providerId : `${of.providerId}/${of.modelId}`;
}

/** The inverse of `keyOf`. */
export function ofKey(key: string): BudgetOf {
  if (key === 'all') return { kind: 'all' };
  const slash = key.indexOf('/');
  if (slash === -1) return { kind: 'provider', providerId: key };
  return { kind: 'model', providerId: key.slice(0, slash), modelId: key.slice(slash + 1) };
}
