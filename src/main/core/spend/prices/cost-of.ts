import type { FrozenPrice } from './price-book.ts';

/** The tokens of one call in disjoint shares. */
export interface TokenShares {
  /** Input that was neither read from the cache nor written to it. */
  readonly plainInputTokens: number;
  readonly cacheReadTokens: number;
  /** Written for the usual time; those for twelve hours are not in it. */
  readonly cacheWriteTokens: number;
  readonly cacheWrite12hTokens: number;
  /** Reasoning included. */
  readonly outputTokens: number;
}

/** One USD per million tokens is a million pico-USD per token; listed rates have no more than six decimals. */
const picosPerRate = 1_000_000;
/** Multipliers are carried in millionths. */
const multiplierScale = 1_000_000;
/** From pico-USD times millionths to nano-USD. */
const nanoDivisor = 1_000n * BigInt(multiplierScale);

/**
 * The cost of a call in nano-USD, in integers throughout and rounded once, half up. A share without a rate of its own costs as
 * much as plain input, twelve-hour writes as much as other writes (a lower bound where the provider charges more for them).
 * Throws RangeError for a share that is not a non-negative integer.
 */
export function costNanosOf(shares: TokenShares, price: FrozenPrice): number {
  const inputRate = price.inputPerMillion ?? 0;
  const writeRate = price.cacheWritePerMillion ?? inputRate;
  const picos =
    costPicos(shares.plainInputTokens, inputRate) +
    costPicos(shares.cacheReadTokens, price.cacheReadPerMillion ?? inputRate) +
    costPicos(shares.cacheWriteTokens, writeRate) +
    costPicos(shares.cacheWrite12hTokens, price.cacheWrite12hPerMillion ?? writeRate) +
    costPicos(shares.outputTokens, price.outputPerMillion ?? 0);
  const scaled = picos * BigInt(Math.round(price.multiplier * multiplierScale));
  return Number((scaled + nanoDivisor / 2n) / nanoDivisor);
}

function costPicos(tokens: number, ratePerMillion: number): bigint {
  if (!Number.isSafeInteger(tokens) || tokens < 0) throw new RangeError(`${tokens} is not a number of tokens.`);
  return BigInt(tokens) * BigInt(Math.round(ratePerMillion * picosPerRate));
}
