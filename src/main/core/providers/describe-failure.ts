import type { Failure } from '../../../shared/contract/chat.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { ProviderSaid } from '../spend/error-code-of-reply.ts';
import { failureOfReply } from './failure-of-reply.ts';
import { isRecord } from './is-record.ts';
import { providerWords } from './redact.ts';

export interface FailureContext {
  /** The signal the call was made with: it decides whether an abort was asked for. */
  readonly signal?: AbortSignal | undefined;
  /** Named in the sentence when the model was not found or its window is too small. */
  readonly modelId?: string | undefined;
  /** Epoch milliseconds, for a retry time given as a date; without it such a time is left out. */
  readonly now?: number | undefined;
}

/** Deepest chain of causes looked through; it may loop. */
const maxDepth = 8;

/**
 * What a person is told about anything thrown on the way to a model: by `fetch`, the openai package, LangChain or our
 * own meter. Never throws. What is not recognised is INTERNAL; `data.detail` holds the provider's own words, without keys.
 */
export function failureOf(error: unknown, context: FailureContext): Failure {
  const chain = causesOf(error);
  if (context.signal?.aborted === true) return failureOfAbort(context.signal);
  const known = chain.find((link) => link instanceof AppError);
  if (known !== undefined) return withWords(known, chain);
  const reply = chain.find(isReplyError);
  if (reply !== undefined) return failureOfReplyError(reply, context);
  return failureOfConnection(chain) ?? failureByName(chain) ?? { code: 'INTERNAL' };
}

/** An error of ours with what is known of it; what the provider said itself comes without keys. */
function withWords({ code, data }: AppError, chain: readonly unknown[]): Failure {
  const said = chain.find((link) => link instanceof ProviderSaid);
  const detail = providerWords(said?.message);
  if (data === undefined && detail === null) return { code };
  return { code, data: { ...data, ...(detail === null ? {} : { detail }) } };
}

/** An abort of ours may carry its own reason, such as the watchdog's; one without is the person's. */
function failureOfAbort(signal: AbortSignal): Failure {
  const reason: unknown = signal.reason;
  if (!(reason instanceof AppError)) return { code: 'CANCELLED' };
  return reason.data === undefined ? { code: reason.code } : { code: reason.code, data: { ...reason.data } };
}

/** The error, its causes and, of several errors at once, the first, outermost first. */
function causesOf(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  let link = error;
  while (link !== undefined && link !== null && chain.length < maxDepth) {
    chain.push(link);
    const errors: unknown = isRecord(link) ? link['errors'] : undefined;
    link = Array.isArray(errors) && errors.length > 0 ? errors[0] : isRecord(link) ? link['cause'] : undefined;
  }
  return chain;
}

/** The openai package's APIError: told by its shape, because two copies of the package may be installed. */
interface ReplyError {
  readonly status: number | undefined;
  readonly error: unknown;
  readonly headers: unknown;
  readonly message: string;
}

function isReplyError(value: unknown): value is ReplyError {
  if (!isRecord(value)) return false;
  const { status, error } = value;
  return typeof status === 'number' || ('headers' in value && status === undefined && isRecord(error));
}

function failureOfReplyError(reply: ReplyError, context: FailureContext): Failure {
  const { headers } = reply;
  return failureOfReply({
    status: reply.status ?? null,
    error: reply.error ?? bodyIn(reply.message),
    header: (name) => (headers instanceof Headers ? headers.get(name) : null),
    modelId: context.modelId,
    now: context.now ?? null,
  });
}

/** Of a body that was not JSON only the message "401 <the body>" is left, to which LangChain adds an address. */
function bodyIn(message: string): string {
  return message
    .replace(/\n\nTroubleshooting URL:[^]*$/, '')
    .replace(/^\d{3} /, '')
    .replace(/^status code \(no body\)$/, '');
}

const unreachableReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  ENETUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  UND_ERR_DESTROYED: 'reset',
  UND_ERR_CLOSED: 'reset',
};

const certificateCodes =
  /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_(?:VERIFY|GET)_|CRL_|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/;

/** Codes of Node's net, dns and tls, and of undici. */
function failureOfConnection(chain: readonly unknown[]): Failure | null {
  const codes = chain.map((link) => (isRecord(link) && typeof link['code'] === 'string' ? link['code'] : ''));
  const certificate = codes.find((code) => certificateCodes.test(code));
  if (certificate !== undefined) return { code: 'TLS_FAILED', data: { reason: certificate } };
  if (codes.includes('UND_ERR_HEADERS_TIMEOUT') || codes.includes('UND_ERR_BODY_TIMEOUT')) return { code: 'STREAM_STALLED' };
  // undici's word for a body that broke off after the reply had begun.
  if (chain.some((link) => link instanceof TypeError && link.message === 'terminated')) return { code: 'STREAM_TRUNCATED' };
  const code = codes.find((each) => Object.hasOwn(unreachableReasons, each));
  if (code === undefined) return null;
  return { code: 'NETWORK_UNREACHABLE', data: { reason: unreachableReasons[code] ?? 'unreachable', ...hostIn(chain) } };
}

function hostIn(chain: readonly unknown[]): { host?: string } {
  const host = chain
    .map((link) => (isRecord(link) ? (link['hostname'] ?? link['address']) : undefined))
    .find((each) => typeof each === 'string');
  return host === undefined ? {} : { host };
}

/** What is left when there is neither a reply nor a code. */
function failureByName(chain: readonly unknown[]): Failure | null {
  const names = chain.map((link) => (link instanceof Error ? link.name : ''));
  if (names.includes('ContextOverflowError')) return { code: 'CONTEXT_TOO_LONG' };
  if (names.includes('TimeoutError')) return { code: 'PROVIDER_UNAVAILABLE', data: { reason: 'timeout' } };
  if (names.includes('AbortError')) return { code: 'NETWORK_UNREACHABLE', data: { reason: 'reset' } };
  // The event stream held something that is no JSON.
  if (names.includes('SyntaxError')) return { code: 'STREAM_ERROR' };
  return failureOfChromium(chain);
}

/** Electron's fetch names its errors in the text alone; what remains says only that there was no connection. */
function failureOfChromium(chain: readonly unknown[]): Failure | null {
  const texts = chain.map((link) => (link instanceof Error ? link.message : '')).join('\n');
  if (/net::ERR_(?:CERT|SSL)_/.test(texts)) return { code: 'TLS_FAILED' };
  const isUnreachable = /net::ERR_|^(?:fetch failed|Connection error\.)$/m.test(texts);
  return isUnreachable ? { code: 'NETWORK_UNREACHABLE', data: { reason: 'unreachable' } } : null;
}
