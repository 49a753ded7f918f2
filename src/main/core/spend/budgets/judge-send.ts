import type { BudgetStanding } from './judge-call.ts';
import { leftOf } from './judge-call.ts';

/** A budget a send counts towards, and what the send needs of it. */
export interface SendClaim {
  readonly standing: BudgetStanding;
  readonly noticeShare: number;
  /** A send that does not fit cannot be let through. */
  readonly isBlocking: boolean;
  /** Of all the send's calls that count towards it, in nano-USD; null when the price of one is not known. */
  readonly neededNanos: number | null;
}

export interface SendVerdict {
  readonly verdict: 'notice' | 'over' | 'unpriced';
  readonly budgetId: string;
  readonly neededNanos: number | null;
}

/**
 * What the budgets say about a whole send, the gravest first: one that it does not fit into (one that blocks, then the one it passes by
 * most), one that cannot bound it, one of which more than the chosen share is used with it. null: nothing worth saying.
 */
export function judgeSend(claims: readonly SendClaim[]): SendVerdict | null {
  const over = claims.filter(isOver).toSorted(byGravity)[0];
  if (over !== undefined) return verdictOf('over', over);
  const unbounded = claims.find(({ neededNanos }) => neededNanos === null);
  if (unbounded !== undefined) return verdictOf('unpriced', unbounded);
  const noticed = claims.filter((claim) => usedShareOf(claim) >= claim.noticeShare).toSorted((a, b) => usedShareOf(b) - usedShareOf(a))[0];
  return noticed === undefined ? null : verdictOf('notice', noticed);
}

function verdictOf(verdict: SendVerdict['verdict'], { standing, neededNanos }: SendClaim): SendVerdict {
  return { verdict, budgetId: standing.budgetId, neededNanos };
}

function byGravity(a: SendClaim, b: SendClaim): number {
  return Number(b.isBlocking) - Number(a.isBlocking) || missingNanos(b) - missingNanos(a);
}

function isOver(claim: SendClaim): boolean {
  return missingNanos(claim) > 0;
}

function missingNanos({ standing, neededNanos }: SendClaim): number {
  return (neededNanos ?? 0) - leftOf(standing);
}

function usedShareOf({ standing, neededNanos }: SendClaim): number {
  return (standing.spentNanos + standing.reservedNanos + (neededNanos ?? 0)) / standing.limitNanos;
}
