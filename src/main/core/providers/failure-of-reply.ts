import type { Failure } from '../../../shared/contract/chat.ts';
import { retryAfterMs } from '../spend/retry-after.ts';
import { isRecord } from './is-record.ts';
import { providerWords } from './redact.ts';
import { refusedParameter } from './refused-parameter.ts';

/** What a refusal consists of, however it was received. */
export interface RefusedReply {
  /** HTTP status; null for an error that came inside a stream. */
  readonly status: number | null;
  /** The body's `error` object, or the body itself when it is something else. */
  readonly error: unknown;
  readonly header: (name: string) => string | null;
  readonly modelId: string | undefined;
  /** Epoch milliseconds, for retry times given as a date; null leaves those out. */
  readonly now: number | null;
}

type Data = NonNullable<Failure['data']>;

const tooLongWords =
  /context[_ ](?:length|window|size)|maximum context|context limit|input tokens exceed|prompt is too long|reduce the length|too many (?:input )?tokens/i;
const modelWords = /model/i;
const missingWords = /not[_ ]found|does ?n[o']t exist|no such|unknown|not (?:a )?valid|invalid model|try pulling|not loaded|not supported/i;
const quotaWords =
  /insufficient[_ -]?(?:quota|balance|funds|credit)|exceeded your current quota|billing|credit balance|out of credits|prepaid/i;
const keyWords =
  /(?:api[_ -]?key|authentication|credential|token).{0,40}(?:not valid|invalid|incorrect|expired|missing|required)|(?:invalid|incorrect).{0,20}(?:api[_ -]?key|token)/i;
const filterWords = /content[_ ]?(?:filter|policy|management)|responsible ?ai|safety system|flagged/i;

/**
 * The sentence a person gets for a provider's refusal. Status first, then the error's code and words, because
 * compatible servers keep to OpenAI's statuses more than to its codes (platform.openai.com/docs/guides/error-codes).
 */
export function failureOfReply(reply: RefusedReply): Failure {
  const said = wordsOf(reply.error);
  const text = `${said.code} ${said.type} ${said.message}`;
  const detail: Data = said.detail === null ? {} : { detail: said.detail };
  const model: Data = reply.modelId === undefined ? {} : { model: reply.modelId };
  const status = reply.status ?? said.status;
  const base: Data = { ...(status === null ? {} : { status }), ...detail };
  if (status === null) return failureInStream(reply, text, base, model);
  if (status >= 300 && status < 400) return { code: 'BASE_URL_INVALID', data: { reason: 'redirect', ...hostOf(reply.header('location')) } };
  if (status === 401) return { code: 'KEY_REJECTED', data: base };
  if (status === 402) return { code: 'QUOTA_EXCEEDED', data: base };
  if (status === 403) return { code: filterWords.test(text) ? 'CONTENT_FILTERED' : 'ACCESS_DENIED', data: { ...base, ...model } };
  if (status === 404 || status === 405) return notFound(text, base, model);
  if (status === 407) return { code: 'NETWORK_UNREACHABLE', data: { reason: 'proxy_auth' } };
  if (status === 408) return { code: 'PROVIDER_UNAVAILABLE', data: base };
  if (status === 413) return { code: 'CONTEXT_TOO_LONG', data: { ...base, ...model } };
  if (status === 429) return tooMany(reply, text, base);
  if (status >= 500) return serverFailure(reply, text, base, model);
  return rejected(text, said.message, base, model, said.param);
}

function failureInStream(reply: RefusedReply, text: string, base: Data, model: Data): Failure {
  if (tooLongWords.test(text)) return tooLong(text, base, model);
  if (quotaWords.test(text)) return { code: 'QUOTA_EXCEEDED', data: base };
  if (/rate[_ ]limit/i.test(text)) return tooMany(reply, text, base);
  if (filterWords.test(text)) return { code: 'CONTENT_FILTERED', data: base };
  return { code: 'STREAM_ERROR', data: base };
}

function notFound(text: string, base: Data, model: Data): Failure {
  const aboutModel = modelWords.test(text) && missingWords.test(text);
  return aboutModel ? { code: 'MODEL_NOT_FOUND', data: { ...base, ...model } } : { code: 'ENDPOINT_NOT_FOUND', data: base };
}

function tooMany(reply: RefusedReply, text: string, base: Data): Failure {
  if (quotaWords.test(text)) return { code: 'QUOTA_EXCEEDED', data: base };
  const waitMs = retryAfterMs(reply.header, text, reply.now);
  return { code: 'RATE_LIMITED', data: { ...base, ...(waitMs === null ? {} : { retryAfterMs: waitMs }) } };
}

/** Model servers on one's own computer answer 500 where others answer 400. */
function serverFailure(reply: RefusedReply, text: string, base: Data, model: Data): Failure {
  if (tooLongWords.test(text)) return tooLong(text, base, model);
  const waitMs = retryAfterMs(reply.header, '', reply.now);
  return { code: 'PROVIDER_UNAVAILABLE', data: { ...base, ...(waitMs === null ? {} : { retryAfterMs: waitMs }) } };
}

function rejected(text: string, message: string, base: Data, model: Data, param: string): Failure {
  const parameter = refusedParameter(param, message);
  if (tooLongWords.test(text)) return tooLong(message, base, model);
  if (filterWords.test(text)) return { code: 'CONTENT_FILTERED', data: base };
  if (keyWords.test(text)) return { code: 'KEY_REJECTED', data: base };
  if (/model[_ ]not[_ ]found|(?:not a valid|invalid|unknown) model|model.{0,200}(?:does not exist|not found)/i.test(text)) {
    return { code: 'MODEL_NOT_FOUND', data: { ...base, ...model } };
  }
  if (parameter !== null) return { code: 'PARAMETER_REFUSED', data: { ...base, ...model, parameter } };
  return { code: 'REQUEST_REJECTED', data: base };
}

/** The two counts where the sentence has them: "maximum context length is 8192 tokens ... resulted in 9001 tokens". */
function tooLong(message: string, base: Data, model: Data): Failure {
  const limit =
    /(?:maximum context length (?:is|of)|context (?:size|window|length)(?: is| of)?|limit of|maximum(?: of)?|max(?:imum)? is)\D{0,4}([\d,]+)/i.exec(
      message,
    );
  const sent = /(?:resulted in|requested(?: about)?|you sent|contains?(?: at least)?|request \()\D{0,4}([\d,]+)/i.exec(message);
  const counts: Record<string, number> = {};
  if (limit?.[1] !== undefined) counts['limitTokens'] = countOf(limit[1]);
  if (sent?.[1] !== undefined) counts['sentTokens'] = countOf(sent[1]);
  return { code: 'CONTEXT_TOO_LONG', data: { ...base, ...model, ...counts } };
}

function countOf(digits: string): number {
  return Number(digits.replaceAll(',', ''));
}

interface Words {
  readonly code: string;
  readonly type: string;
  readonly message: string;
  /** The field of the request the error is about; '' where it does not say. */
  readonly param: string;
  readonly detail: string | null;
  /** Some gateways put the upstream's HTTP status into `code`. */
  readonly status: number | null;
}

function wordsOf(error: unknown): Words {
  const fields = isRecord(error) ? error : {};
  const code = fields['code'];
  const raw = typeof error === 'string' ? error : (fields['message'] ?? fields['error'] ?? fields['detail']);
  const message = typeof raw === 'string' ? raw.slice(0, 20_000) : '';
  const isPage = /^\s*<(?:!doctype|html)/i.test(message);
  const status = typeof code === 'number' && code >= 400 && code < 600 ? code : null;
  return {
    code: typeof code === 'string' ? code : '',
    type: typeof fields['type'] === 'string' ? fields['type'] : '',
    message: isPage ? '' : message,
    param: typeof fields['param'] === 'string' ? fields['param'] : '',
    detail: isPage ? null : providerWords(message),
    status,
  };
}

function hostOf(location: string | null): Data {
  const host = URL.parse(location ?? '')?.host;
  return host === undefined ? {} : { host };
}
