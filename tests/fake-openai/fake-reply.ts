import type { Gate } from './gate.ts';

/** How a reply goes wrong. Those inside a stream happen after `faultAfterTokens` tokens. */
export type Fault =
  /** TCP reset in the middle of the stream. What the client has not read by then is lost: hold it with a gate until it has. */
  | 'reset'
  /** The body ends properly, but without finish reason, usage or [DONE]. */
  | 'fin-without-done'
  /** The body ends in the middle of an SSE line. */
  | 'half-line'
  /** Nothing more is sent; the connection stays open until the client leaves. */
  | 'stall'
  /** Not even response headers are sent. */
  | 'stall-headers'
  /** 200 with a web page, as a captive portal answers. */
  | 'html'
  /** 200 with `{ error }` as JSON instead of an event stream. */
  | 'json-error'
  /** `data: { error }` inside the stream, then the end. */
  | 'error-event'
  /** One event that is not JSON; the stream goes on normally after it. */
  | 'malformed-event'
  /** One SSE line that does not end (up to 256 MiB). */
  | 'runaway-line'
  /** `include_usage` is ignored. */
  | 'no-usage'
  /** 400 when the request has `stream_options`; otherwise an answer without usage. */
  | 'reject-stream-options'
  /** Usage only as `x_groq.usage` of the last chunk. */
  | 'groq-usage'
  /** Running usage in every chunk, as vLLM's continuous usage does. */
  | 'usage-every-chunk'
  /** Usage on the chunk with the finish reason and once more after it, as OpenRouter and DeepSeek send it. */
  | 'usage-on-finish'
  /** The chunk with the finish reason comes twice. */
  | 'two-finish-chunks'
  /** Everything is sent but the closing [DONE]. */
  | 'no-done';

/** A model's answer. Every field has a default, `{}` is the default answer. */
export interface FakeAnswer {
  readonly text?: string;
  /** The exact pieces to stream, each one billed as one token; `text` is cut by the server's own rule otherwise. */
  readonly tokens?: readonly string[];
  /** Visible reasoning, streamed as `reasoning_content` before the answer and billed as reasoning tokens. */
  readonly reasoning?: string;
  /** The name reasoning is streamed under: DeepSeek's by default, `reasoning` as OpenRouter and vLLM do, or OpenRouter's details alone. */
  readonly reasoningField?: 'reasoning_content' | 'reasoning' | 'reasoning_details';
  /** Hidden reasoning tokens; billed as output. */
  readonly reasoningTokens?: number;
  /** The part of the prompt that was read from the cache. */
  readonly cachedTokens?: number;
  /** The part of the prompt that was written to the cache, and how much of that for twelve hours. */
  readonly cacheWriteTokens?: number;
  readonly cacheWrite12hTokens?: number;
  /** Laid over the usage object that is sent, for counts that contradict the bill or fields such as `cost`. */
  readonly usage?: Readonly<Record<string, unknown>>;
  readonly finishReason?: string;
  /** The model the reply names; that of the request by default. */
  readonly servedModel?: string;
  readonly serviceTier?: string;
  readonly gate?: Gate;
  readonly fault?: Fault;
  /** The error object of the fault `error-event`. */
  readonly error?: Readonly<Record<string, unknown>>;
  /** Default: half of the answer's tokens. */
  readonly faultAfterTokens?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A refusal before any token: not billed. A string body is sent as it is, anything else as JSON. */
export interface FakeRefusal {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type FakeReply = FakeAnswer | FakeRefusal;

/** Whether a reply is a refusal. */
export function isRefusal(reply: FakeReply): reply is FakeRefusal {
  return 'status' in reply;
}

function refusal(status: number, type: string, code: string | null, message: string, headers: Record<string, string> = {}): FakeRefusal {
  return { status, headers, body: { error: { message, type, param: null, code } } };
}

/** The refusals of OpenAI's API, in its own words. */
export const refusals = {
  wrongKey: (): FakeRefusal => refusal(401, 'invalid_request_error', 'invalid_api_key', 'Incorrect API key provided.'),
  modelNotFound: (model: string): FakeRefusal =>
    refusal(404, 'invalid_request_error', 'model_not_found', `The model \`${model}\` does not exist or you do not have access to it.`),
  rateLimited: (retryAfterSeconds?: number): FakeRefusal =>
    refusal(
      429,
      'requests',
      'rate_limit_exceeded',
      'Rate limit reached for requests.',
      retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
    ),
  quotaExceeded: (): FakeRefusal =>
    refusal(
      429,
      'insufficient_quota',
      'insufficient_quota',
      'You exceeded your current quota, please check your plan and billing details.',
    ),
  contextTooLong: (limitTokens: number, sentTokens: number): FakeRefusal =>
    refusal(
      400,
      'invalid_request_error',
      'context_length_exceeded',
      `This model's maximum context length is ${limitTokens} tokens. However, your messages resulted in ${sentTokens} tokens. Please reduce the length of the messages.`,
    ),
  parameterUnsupported: (param: string): FakeRefusal => ({
    status: 400,
    body: {
      error: {
        message: `Unsupported value: '${param}' does not support this value with this model.`,
        type: 'invalid_request_error',
        param,
        code: 'unsupported_value',
      },
    },
  }),
  streamOptionsRejected: (): FakeRefusal =>
    refusal(400, 'invalid_request_error', null, 'Unrecognized request argument supplied: stream_options'),
  serverError: (status = 500): FakeRefusal =>
    refusal(status, 'server_error', null, 'The server had an error while processing your request. Sorry about that!'),
};
