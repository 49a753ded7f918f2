import { z } from 'zod';

/** Nano-USD: 1e-9 US dollars, an integer. */
export const costNanos = z.int();

/** See `Amount` in ../amount.ts. */
export const amount = z.discriminatedUnion('exactness', [
  z.object({ exactness: z.enum(['exact', 'reported', 'estimated', 'lower_bound']), costNanos }),
  z.object({ exactness: z.literal('no_price') }),
  z.object({ exactness: z.literal('free') }),
]);

/** See `AmountTotal` in ../amount.ts. */
export const amountTotal = z.object({
  costNanos,
  exactNanos: costNanos,
  callCount: z.int(),
  estimatedCount: z.int(),
  lowerBoundCount: z.int(),
  noPriceCount: z.int(),
  freeCount: z.int(),
});
