import type { AppContract } from '../../src/shared/contract/index.ts';
import type { BudgetValues } from '../../src/shared/contract/budgets.ts';
import type { RpcClient } from '../../src/shared/rpc/client.ts';

const nanosPerCent = 10_000_000;
const usual = { noticeShare: 0.8, atLimit: 'ask' } as const;

/** Sets the budgets of the sample, time going by between them: one for the month that is nearly used up, and three with room. */
export async function setBudgets(client: RpcClient<AppContract>, advance: () => void): Promise<void> {
  const { month, today } = await client.call('spend.totals');
  const budgets: BudgetValues[] = [
    { ...usual, per: 'month', of: { kind: 'all' }, limitNanos: cents(month.costNanos / 0.86) },
    { ...usual, per: 'day', of: { kind: 'all' }, limitNanos: cents(today.costNanos * 2 + 50 * nanosPerCent), atLimit: 'block' },
    { ...usual, per: 'conversation', of: { kind: 'all' }, limitNanos: 25 * nanosPerCent },
    { ...usual, per: 'month', of: { kind: 'provider', providerId: 'sample-openrouter' }, limitNanos: cents(month.costNanos) },
  ];
  for (const budget of budgets) {
    advance();
    await client.call('budgets.set', { ...budget, id: null });
  }
}

/** Rounded up to five cents. */
function cents(nanos: number): number {
  return Math.max(1, Math.ceil(nanos / nanosPerCent / 5)) * 5 * nanosPerCent;
}
