import type { ReportedUsage } from '../../src/main/core/spend/read-usage.ts';
import { isTextRequest, type Exchange } from './read-exchanges.ts';
import type { RecordedUsage, Recording } from './recorded-usage.ts';
import type { Replayed } from './replay.ts';

/** One thing that Tally and the provider do not agree on. */
export interface Disagreement {
  readonly id: string;
  readonly host: string;
  readonly model: string;
  readonly about: 'usage' | 'record' | 'input' | 'cost';
  readonly provider: string;
  readonly tally: string;
  readonly reason: string;
}

/** The input of a request in tokens. */
export interface InputCount {
  readonly estimated: number;
  /** Corrected by what was billed for such requests to the same model before; null where those were too few. */
  readonly calibrated: number | null;
  readonly billed: number;
  /** All of it could be counted. */
  readonly isWhole: boolean;
  /** Messages of plain text, nothing else. */
  readonly isText: boolean;
}

/** What became of one exchange. */
export interface Judgement {
  readonly host: string;
  readonly model: string;
  /** `early`: of the first weeks of the Responses API, which billed more than the request says. */
  readonly responsesApi: 'early' | 'settled' | null;
  /** Whether the reported usage was read to the token; `none` where the provider reported none. */
  readonly usage: 'exact' | 'misread' | 'none';
  /** The input as counted before sending, beside what was billed; null where nothing was. */
  readonly input: InputCount | null;
  /** At the price book's rates, beside the charge the provider named; null without one or without a price. */
  readonly cost: { readonly tallyNanos: number; readonly reportedNanos: number } | null;
  readonly hasReportedCost: boolean;
  readonly disagreements: readonly Disagreement[];
}

const nanosPerUsd = 1e9;

/** Holds what Tally made of an exchange against what the recording says. */
export function judge(exchange: Exchange, { usage, createdAt }: Recording, replayed: Replayed): Judgement {
  const { id, host } = exchange;
  const model = String(exchange.request.model);
  const disagreements: Disagreement[] = [];
  const disagree = (about: Disagreement['about'], provider: unknown, tally: unknown, reason: string): void => {
    disagreements.push({ id, host, model, about, provider: String(provider), tally: String(tally), reason });
  };
  const misread = differences(usage, replayed.seen.usage);
  for (const { field, reported, read } of misread) disagree('usage', `${field} ${reported}`, `${field} ${read}`, 'misread');
  if (usage !== null && misread.length === 0) judgeRecord(usage, replayed, disagree);
  const input = inputOf(usage, exchange, replayed);
  if (input !== null && input.estimated !== input.billed) {
    disagree('input', input.billed, input.estimated, reasonOfInput(exchange, createdAt, replayed));
  }
  const reportedNanos = typeof usage?.costUsd === 'number' ? Math.round(usage.costUsd * nanosPerUsd) : null;
  return {
    host,
    model,
    responsesApi: exchange.kind === 'responses' ? (isEarly(createdAt) ? 'early' : 'settled') : null,
    usage: misread.length > 0 ? 'misread' : usage === null ? 'none' : 'exact',
    input,
    cost: reportedNanos === null ? null : judgeCost(reportedNanos, exchange, replayed, disagree),
    hasReportedCost: reportedNanos !== null,
    disagreements,
  };
}

type Disagree = (about: Disagreement['about'], provider: unknown, tally: unknown, reason: string) => void;

function differences(reported: RecordedUsage | null, read: ReportedUsage | null): { field: string; reported: string; read: string }[] {
  if (reported === null || read === null) {
    return (reported === null) === (read === null) ? [] : [{ field: 'usage', reported: nameOf(reported), read: nameOf(read) }];
  }
  const cost = reported.costUsd === null ? null : Math.round(reported.costUsd * nanosPerUsd);
  const pairs = [
    ['input', reported.inputTokens, read.inputTokens],
    ['cache read', reported.cacheReadTokens, read.cacheReadTokens],
    ['cache write', reported.cacheWriteTokens, read.cacheWriteTokens],
    ['output', reported.outputTokens, read.outputTokens],
    ['reasoning', reported.reasoningTokens, read.reasoningTokens],
    ['cost', cost, read.reportedCostNanos],
  ] as const;
  return pairs.filter(([, a, b]) => a !== b).map(([field, a, b]) => ({ field, reported: String(a), read: String(b) }));
}

function nameOf(usage: object | null): string {
  return usage === null ? 'none' : 'some';
}

/** A record may say something else than the usage it was made from: then it is not marked as exact, and here is why. */
function judgeRecord(usage: RecordedUsage, { seen, record }: Replayed, disagree: Disagree): void {
  const isSame = record.inputTokens === usage.inputTokens && record.outputTokens === (usage.outputTokens ?? 0);
  if (isSame) return;
  const provider = `${usage.inputTokens} in, ${usage.outputTokens} out`;
  const tally = `${record.inputTokens} in, ${record.outputTokens} out, ${record.amount.exactness}`;
  if (record.tokenSource === 'provider' && record.amount.exactness === 'exact') disagree('usage', provider, tally, 'misread');
  else if (usage.inputTokens === 0)
    disagree('record', provider, tally, 'the provider reported no input, which no request has; counted here');
  else if (!seen.isComplete) disagree('record', provider, tally, 'the reply broke off after its usage; what followed was counted here');
  else disagree('record', provider, tally, 'the provider reported a part only; the rest was counted here');
}

function inputOf(usage: RecordedUsage | null, { request }: Exchange, { counted, calibratedInput }: Replayed): InputCount | null {
  // Zero is what servers send that have not counted.
  if (usage === null || usage.inputTokens === null || usage.inputTokens === 0) return null;
  const isText = isTextRequest(request);
  return { estimated: counted.tokens, calibrated: calibratedInput, billed: usage.inputTokens, isWhole: !counted.hasUncounted, isText };
}

/** Until then the Responses API, new in March 2025, billed more than the request says. */
const settledSince = Date.UTC(2025, 4);

function isEarly(createdAt: number | null): boolean {
  return createdAt !== null && createdAt < settledSince;
}

/** Why the count and the bill differ there; what shows it is added where all exchanges are known. */
export const earlyReason = 'from the first weeks of the Responses API, which billed tokens that are in no part of the request';

function reasonOfInput({ request, host, kind }: Exchange, createdAt: number | null, { counted }: Replayed): string {
  if (counted.hasUncounted) return 'holds input that cannot be counted here (files, pictures elsewhere, tools and history of the provider)';
  const model = String(request.model);
  if (!/^(?:openai\/)?(?:gpt|o\d|text-embedding)/u.test(model)) return 'a model with a tokenizer and a prompt format of its own';
  if (/search/u.test(model) || /"(?:image_url|input_image)"/u.test(JSON.stringify(request)))
    return 'a picture or a search, which is estimated';
  if (host !== 'api.openai.com') return 'a seller of OpenAI’s models that adds or leaves out a part of the prompt';
  if (kind === 'responses' && isEarly(createdAt)) return earlyReason;
  return 'the model’s own instructions and format, which are not published';
}

function judgeCost(reportedNanos: number, { request }: Exchange, replayed: Replayed, disagree: Disagree): Judgement['cost'] {
  const { amount, serviceTier } = replayed.priced;
  if (!('costNanos' in amount)) {
    const missing = serviceTier === null ? 'model of this seller' : 'service tier';
    disagree('cost', usd(reportedNanos), 'no price', `the price list does not have this ${missing}; the reported charge is booked`);
    return null;
  }
  if (Math.abs(amount.costNanos - reportedNanos) <= 1) return { tallyNanos: amount.costNanos, reportedNanos };
  disagree('cost', usd(reportedNanos), usd(amount.costNanos), reasonOfCost(request, replayed));
  return { tallyNanos: amount.costNanos, reportedNanos };
}

function reasonOfCost(request: Exchange['request'], { seen, priced }: Replayed): string {
  const usageJson = seen.usage?.json ?? '';
  if (/web_search_requests|tool_calls_executed/u.test(usageJson) || /openrouter:/u.test(JSON.stringify(request.tools ?? ''))) {
    return 'tools of the seller’s cost extra; the reported charge is booked';
  }
  if (priced.tokenSource === 'local') return 'the provider did not report all tokens; the reported charge is booked';
  if (priced.anomaly !== null) return `the reported counts contradict each other (${priced.anomaly}); the reported charge is booked`;
  return 'the seller’s price that day, or that of whom it passed the request to, was another; the reported charge is booked';
}

function usd(nanos: number): string {
  return `$${(nanos / nanosPerUsd).toFixed(9)}`;
}
