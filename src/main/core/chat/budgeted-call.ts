import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { SendCall } from '../spend/budgets/budget-service.ts';
import { planCall } from '../spend/budgets/plan-call.ts';
import { reasonsInSilence } from '../spend/hidden-reasoning.ts';
import type { PricedCall } from './quote-price.ts';

/** A call as the budgets see it; none that is free. */
export function toSendCall(
  { model, parts, inputTokens, price, amount }: PricedCall & { readonly model: ModelRef },
  askedOutputTokens: number | null,
): SendCall[] {
  if (amount.exactness === 'free') return [];
  const writes = parts.every(({ kind }) => kind !== 'embedding');
  const planned = planCall({
    inputTokens,
    price,
    askedOutputTokens,
    writes,
    reasonsInSilence: reasonsInSilence(model.modelId, null),
  });
  return [{ ...model, planned }];
}
