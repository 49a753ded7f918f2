/** Where a budget stands before a call. All in nano-USD. */
export interface BudgetStanding {
  readonly budgetId: string;
  readonly limitNanos: number;
  readonly spentNanos: number;
  /** The most that calls under way can still cost. */
  readonly reservedNanos: number;
}

/** A call before it is made. */
export interface PlannedCall {
  /** What its input costs at most; null when nobody knows its price, or not all of it could be counted. */
  readonly inputNanos: number | null;
  /** Of one token of output, in nano-USD; 0 where there is none, or it costs nothing. */
  readonly outputTokenNanos: number;
  /** The most it may write as it is, in tokens. */
  readonly outputCeilingTokens: number;
  /** The shortest answer worth paying for, in tokens. */
  readonly smallestOutputTokens: number;
}

export type Admission =
  | {
      readonly kind: 'admitted';
      /** The most the call can cost, to be held until it is booked. */
      readonly reservedNanos: number;
      /** To be sent as the most it may write; null: it may write as much as it likes. */
      readonly maxOutputTokens: number | null;
    }
  | { readonly kind: 'refused'; readonly reason: 'over' | 'unpriced'; readonly budgetId: string };

/** The most any model writes at once: 128 Ki tokens (https://platform.openai.com/docs/models). */
export const largestOutputTokens = 131_072;

/** An answer may take half of what is left, so that another one at the same time has room, but this much where it can be paid. */
const plentyTokens = 16_384;

/**
 * Whether a call fits into every budget it counts towards, what it has to be held for, and how long its answer may be. Its input
 * and the shortest useful answer have to fit into what is left: the limit less what is booked less what is held for calls
 * under way. Where the longest answer does not fit, the answer is capped at what is left, at the rate of its output; so the sum of
 * what is booked and held never passes a limit, as far as the input was counted right and the provider heeds the cap.
 */
export function judgeCall(call: PlannedCall, standings: readonly BudgetStanding[]): Admission {
  const [first, ...others] = standings;
  if (first === undefined) return { kind: 'admitted', reservedNanos: mostOf(call, call.outputCeilingTokens), maxOutputTokens: null };
  if (call.inputNanos === null) return { kind: 'refused', reason: 'unpriced', budgetId: first.budgetId };
  const tightest = others.reduce((a, b) => (leftOf(b) < leftOf(a) ? b : a), first);
  const leftNanos = leftOf(tightest);
  const smallestTokens = Math.min(call.smallestOutputTokens, call.outputCeilingTokens);
  if (mostOf(call, smallestTokens) > leftNanos) return { kind: 'refused', reason: 'over', budgetId: tightest.budgetId };
  if (mostOf(call, call.outputCeilingTokens) <= leftNanos) {
    return { kind: 'admitted', reservedNanos: mostOf(call, call.outputCeilingTokens), maxOutputTokens: null };
  }
  const affordable = Math.floor((leftNanos - call.inputNanos) / call.outputTokenNanos);
  const maxOutputTokens = Math.min(affordable, Math.max(plentyTokens, Math.floor(affordable / 2)));
  return { kind: 'admitted', reservedNanos: Math.min(leftNanos, mostOf(call, maxOutputTokens)), maxOutputTokens };
}

/** What is left of a budget, in nano-USD; below 0 when more was spent than it allows. */
export function leftOf({ limitNanos, spentNanos, reservedNanos }: BudgetStanding): number {
  return limitNanos - spentNanos - reservedNanos;
}

function mostOf({ inputNanos, outputTokenNanos }: PlannedCall, outputTokens: number): number {
  return (inputNanos ?? 0) + Math.ceil(outputTokenNanos * outputTokens);
}
