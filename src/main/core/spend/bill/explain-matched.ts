import type { DifferenceCause } from '../../../../shared/contract/bill.ts';
import { billRoundingNanos, type DifferencePart } from './explain-difference.ts';
import type { StoredBillLine } from './bill-lines.ts';
import type { KnownCall } from './matched-calls.ts';

/** A line of a bill and the call of Tally's it is about, by the seller's id of it. */
export interface MatchedCall {
  readonly line: StoredBillLine;
  readonly call: KnownCall;
}

/** What calls that bill and book both know by their ids differ by, and why. The parts add up to it, to the nano-dollar. */
export function explainMatched(matched: readonly MatchedCall[]): DifferencePart[] {
  return addUpParts(matched.map((pair) => ({ cause: causeOf(pair), nanos: differenceOf(pair) })).filter(({ nanos }) => nanos !== 0));
}

/** An amount the bill names for a call that Tally had only estimated, or had no price for. */
export interface PinnedCall {
  readonly recordId: string;
  readonly bookedNanos: number | null;
  readonly settledNanos: number;
}

/** The calls whose amounts the bill pins, one by one. A credit is no price of a call. */
export function pinnedOf(matched: readonly MatchedCall[]): PinnedCall[] {
  return matched
    .filter(({ line, call }) => ['estimated', 'lower_bound', 'no_price'].includes(call.exactness) && billedNanosOf(line) >= 0)
    .map(({ line, call }) => ({ recordId: call.recordId, bookedNanos: call.costNanos, settledNanos: billedNanosOf(line) }));
}

function causeOf(pair: MatchedCall): DifferenceCause {
  const { line, call } = pair;
  if (call.exactness === 'no_price') return 'no_price';
  if (call.exactness === 'estimated' || call.exactness === 'lower_bound') return 'estimates';
  if (Math.abs(differenceOf(pair)) <= billRoundingNanos) return 'rounding';
  const isSame = line.inputTokens === call.inputTokens && line.outputTokens === call.outputTokens;
  return isSame ? 'price' : 'unknown';
}

function differenceOf({ line, call }: MatchedCall): number {
  return billedNanosOf(line) - (call.costNanos ?? 0);
}

function billedNanosOf({ costNanos }: StoredBillLine): number {
  return costNanos ?? 0;
}

/** The parts of each cause as one, the largest first. */
export function addUpParts(parts: readonly DifferencePart[]): DifferencePart[] {
  const byCause = Map.groupBy(parts, ({ cause }) => cause);
  return [...byCause]
    .map(([cause, group]) => ({ cause, nanos: group.reduce((sum, { nanos }) => sum + nanos, 0) }))
    .toSorted((a, b) => Math.abs(b.nanos) - Math.abs(a.nanos));
}
