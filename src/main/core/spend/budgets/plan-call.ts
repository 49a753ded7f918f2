import type { FrozenPrice } from '../prices/price-book.ts';
import { largestOutputTokens, type PlannedCall } from './judge-call.ts';

export interface CallToPlan {
  /** As counted here and corrected; null when not all of it could be counted. */
  readonly inputTokens: number | null;
  /** null: not known. */
  readonly price: FrozenPrice | null;
  /** Most tokens the request itself allows; null: it names none. */
  readonly askedOutputTokens: number | null;
  /** An embedding writes nothing. */
  readonly writes: boolean;
  readonly reasonsInSilence: boolean;
}

/** An answer of fewer tokens is cut before it says anything; a model that thinks first needs more to say anything at all. */
const [smallestAnswerTokens, smallestReasonedAnswerTokens] = [256, 1_024];
/** One USD per million tokens is a thousand nano-USD per token. */
const nanosPerRate = 1_000;

/** What a call may cost at most: its input at the dearest rate that input can be billed at, which is that of writing to the cache. */
export function planCall({ inputTokens, price, askedOutputTokens, writes, reasonsInSilence }: CallToPlan): PlannedCall {
  return {
    inputNanos: inputTokens === null || price === null ? null : Math.ceil(inputTokens * inputTokenNanos(price)),
    outputTokenNanos: price === null || !writes ? 0 : (price.outputPerMillion ?? 0) * price.multiplier * nanosPerRate,
    outputCeilingTokens: writes ? Math.min(askedOutputTokens ?? largestOutputTokens, largestOutputTokens) : 0,
    smallestOutputTokens: reasonsInSilence ? smallestReasonedAnswerTokens : smallestAnswerTokens,
  };
}

/** What a call needs to be worth making: its input and the shortest useful answer, in nano-USD; null when it has no price. */
export function neededNanosOf({ inputNanos, outputTokenNanos, smallestOutputTokens, outputCeilingTokens }: PlannedCall): number | null {
  if (inputNanos === null) return null;
  return inputNanos + Math.ceil(outputTokenNanos * Math.min(smallestOutputTokens, outputCeilingTokens));
}

function inputTokenNanos(price: FrozenPrice): number {
  const rates = [price.inputPerMillion, price.cacheWritePerMillion, price.cacheWrite12hPerMillion].map((rate) => rate ?? 0);
  return Math.max(...rates) * price.multiplier * nanosPerRate;
}
