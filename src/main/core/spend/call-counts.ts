import type { UsageRecord } from '../../../shared/contract/usage.ts';
import type { Calibration, CalibrationSample } from './calibration.ts';
import { expectedTokens } from './count-line.ts';
import type { Observation } from './observe-reply.ts';
import type { OpenCall } from './open-call.ts';
import type { ReportedUsage } from './read-usage.ts';
import type { TokenCounter } from './tokens/token-counter.ts';

/** Token counts of one attempt, and how much they can be trusted. */
export interface CallCounts {
  readonly inputTokens: number | null;
  readonly cacheReadTokens: number | null;
  readonly cacheWriteTokens: number | null;
  readonly cacheWrite12hTokens: number | null;
  readonly outputTokens: number | null;
  readonly reasoningTokens: number | null;
  readonly tokenSource: UsageRecord['tokenSource'];
  readonly trust: 'exact' | 'estimated' | 'lower_bound';
  readonly anomalies: readonly string[];
}

const nothing = { cacheReadTokens: 0, cacheWriteTokens: 0, cacheWrite12hTokens: 0, reasoningTokens: 0 };

export interface CountDeps {
  readonly tokenCounter: Pick<TokenCounter, 'count'>;
  readonly calibration: Pick<Calibration, 'lineOf'>;
}

/** The counts of an attempt: the provider's own; what it did not say is counted here, by what is known of its counts. */
export async function countsOfCall(call: OpenCall, seen: Observation, deps: CountDeps): Promise<CallCounts> {
  if (seen.reach !== 'sent') {
    return { ...nothing, inputTokens: 0, outputTokens: 0, tokenSource: 'provider', trust: 'exact', anomalies: [] };
  }
  const { input, output } = reportedOf(call, seen);
  if (seen.usage !== null && input !== null && output !== null && seen.isComplete) return reportedCounts(seen.usage, input, output);
  return localCounts(call, seen, { input, output }, deps);
}

/** Whether the provider's own counts of an attempt are known, and final. */
export function hasFinalUsage(call: OpenCall, seen: Observation): boolean {
  const { input, output } = reportedOf(call, seen);
  return seen.isComplete && input !== null && output !== null;
}

interface ReportedTotals {
  readonly input: number | null;
  readonly output: number | null;
}

function reportedOf(call: OpenCall, { usage }: Observation): ReportedTotals {
  return {
    // A prompt is never empty: servers that send zeros have not counted.
    input: usage === null || usage.inputTokens === 0 ? null : usage.inputTokens,
    output: call.endpoint === 'embeddings' ? 0 : (usage?.outputTokens ?? null),
  };
}

function reportedCounts(usage: ReportedUsage, inputTokens: number, outputTokens: number): CallCounts {
  const { cacheReadTokens, cacheWriteTokens, cacheWrite12hTokens, reasoningTokens, anomalies } = usage;
  const trust = anomalies.length > 0 ? 'estimated' : 'exact';
  return {
    inputTokens,
    cacheReadTokens,
    cacheWriteTokens,
    cacheWrite12hTokens,
    outputTokens,
    reasoningTokens,
    tokenSource: 'provider',
    trust,
    anomalies,
  };
}

/** Fills in what the provider did not say, or had not said when the reply broke off. */
async function localCounts(call: OpenCall, seen: Observation, reported: ReportedTotals, deps: CountDeps): Promise<CallCounts> {
  const { baseUrl, requestedModel } = call.attribution;
  const calibrated = (tokens: number, share: 'input' | 'output'): number =>
    expectedTokens(deps.calibration.lineOf(baseUrl, requestedModel, share), tokens);
  const countedInput = call.localInputTokens === null ? null : calibrated(call.localInputTokens, 'input');
  const inputTokens = reported.input ?? seen.inputCountedByProvider ?? countedInput;
  const written = calibrated(await deps.tokenCounter.count(seen.outputText, requestedModel), 'output');
  // Counts sent before the end are those of the moment; what came after them was seen here.
  const outputTokens = Math.max(written, reported.output ?? 0);
  const reasoningTokens = seen.usage?.reasoningTokens ?? null;
  const isHidden = call.reasonsInSilence && !seen.isReasoningVisible && reasoningTokens === null;
  const isUnseen = call.endpoint !== 'embeddings' && !seen.isOutputSeen;
  const isUncounted = inputTokens === null || (reported.input === null && seen.inputCountedByProvider === null && call.hasUncounted);
  return {
    inputTokens,
    cacheReadTokens: seen.usage?.cacheReadTokens ?? null,
    cacheWriteTokens: seen.usage?.cacheWriteTokens ?? null,
    cacheWrite12hTokens: seen.usage?.cacheWrite12hTokens ?? null,
    outputTokens,
    reasoningTokens,
    tokenSource: reported.input !== null && reported.output === outputTokens ? 'provider' : 'local',
    trust: isHidden || isUnseen || isUncounted ? 'lower_bound' : 'estimated',
    anomalies: seen.usage?.anomalies ?? [],
  };
}

/**
 * What an attempt teaches about a provider's counts: nothing, unless they are its own, final and plausible. Hidden reasoning
 * is not in the text that was seen, so it is left out; where it cannot be told apart, the output teaches nothing.
 */
export async function calibrationSamplesOf(
  call: OpenCall,
  seen: Observation,
  tokenCounter: Pick<TokenCounter, 'count'>,
): Promise<readonly CalibrationSample[]> {
  const { usage } = seen;
  if (usage === null || usage.anomalies.length > 0 || seen.reach !== 'sent' || !hasFinalUsage(call, seen)) return [];
  const input = {
    share: 'input' as const,
    reported: usage.inputTokens ?? 0,
    // What images come to differs from what is documented, which says nothing about text.
    counted: call.hasUncounted || call.hasPictures === true ? 0 : (call.localInputTokens ?? 0),
  };
  const output = { share: 'output' as const, reported: seenOutputOf(call, seen, usage), counted: 0 };
  const counted = output.reported > 0 ? await tokenCounter.count(seen.outputText, call.attribution.requestedModel) : 0;
  return [input, { ...output, counted }].filter((sample) => sample.reported > 0 && sample.counted > 0);
}

/** The reported output without what was not seen of it; 0 when that is not known. */
function seenOutputOf(call: OpenCall, seen: Observation, usage: ReportedUsage): number {
  if (call.endpoint === 'embeddings') return 0;
  const output = usage.outputTokens ?? 0;
  if (seen.isReasoningVisible) return output;
  if (usage.reasoningTokens === null && call.reasonsInSilence) return 0;
  return output - (usage.reasoningTokens ?? 0);
}
