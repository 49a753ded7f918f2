import { z } from 'zod';

/** Longest route name accepted, in characters. */
const maxRouteLength = 80;

const requestId = z.int().nonnegative();

/** Parses what a page sent. Apart from `protocol.ts`, which the page imports, so that zod stays out of the page. */
export const clientFrame = z.discriminatedUnion('type', [
  // JSON drops `undefined`, so a route without input arrives without the key: it has to be optional.
  z.strictObject({ type: z.literal('req'), id: requestId, route: z.string().max(maxRouteLength), input: z.unknown().optional() }),
  z.strictObject({ type: z.literal('cancel'), id: requestId }),
]);
