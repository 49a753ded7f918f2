import type { ErrorCode } from '../../../shared/error-codes.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { objectOf, textOf, type JsonObject } from './json-fields.ts';

/** The words providers use for an error, in `error.code` or `error.type`. */
const codesByWord: Readonly<Record<string, ErrorCode>> = {
  insufficient_quota: 'QUOTA_EXCEEDED',
  context_length_exceeded: 'CONTEXT_TOO_LONG',
  string_above_max_length: 'CONTEXT_TOO_LONG',
  rate_limit_exceeded: 'RATE_LIMITED',
  invalid_api_key: 'KEY_REJECTED',
  model_not_found: 'MODEL_NOT_FOUND',
  content_filter: 'CONTENT_FILTERED',
  content_policy_violation: 'CONTENT_FILTERED',
};

const codesByStatus: Readonly<Record<number, ErrorCode>> = {
  401: 'KEY_REJECTED',
  402: 'QUOTA_EXCEEDED',
  403: 'ACCESS_DENIED',
  404: 'ENDPOINT_NOT_FOUND',
  413: 'CONTEXT_TOO_LONG',
  429: 'RATE_LIMITED',
};

/** A gateway gave up waiting for a model that may have run all the same. */
export const unansweredStatuses: ReadonlySet<number> = new Set([408, 504, 524]);

/** The error object of a reply or of an event in a stream; null when it has none. */
export function findError(payload: JsonObject): JsonObject | null {
  const words = textOf(payload.error);
  if (words !== null) return words === '' ? null : { message: words };
  if (payload.type === 'error') return objectOf(payload.error) ?? payload;
  return objectOf(payload.error) ?? objectOf(objectOf(payload.response)?.error);
}

/** What a provider said of its error. The cause of the AppError a reply ends with, so that a person can be told. */
export class ProviderSaid extends Error {
  override readonly name = 'ProviderSaid';
}

/** The error a reply ends with that came with a success status and holds an error object. */
export function errorOfReply(code: ErrorCode, error: JsonObject): AppError {
  const words = textOf(error.message);
  return new AppError(code, 'The reply held an error.', words === null ? {} : { cause: new ProviderSaid(words) });
}

/** The code for an error object that came with a success status: by its words or the status it names, else the one given. */
export function errorCodeOfObject(error: JsonObject, otherwise: 'STREAM_ERROR' | 'ERROR_REPLY'): ErrorCode {
  // OpenRouter passes on the status of the provider behind it.
  const byStatus = typeof error.code === 'number' ? codesByStatus[error.code] : undefined;
  return codeByWords(error) ?? byStatus ?? otherwise;
}

/** The code for an HTTP error: by the words of its error object, else by its status. */
export function errorCodeOfStatus(status: number, error: JsonObject | null): ErrorCode {
  const byWords = error === null ? null : codeByWords(error);
  return byWords ?? codesByStatus[status] ?? (status >= 500 ? 'PROVIDER_UNAVAILABLE' : 'REQUEST_REJECTED');
}

function codeByWords(error: JsonObject): ErrorCode | null {
  const words = [textOf(error.code), textOf(error.type)];
  for (const word of words) {
    if (word !== null && Object.hasOwn(codesByWord, word)) return codesByWord[word] ?? null;
  }
  return null;
}

/** Causes that end a connection before a byte of the request has left. */
const unsentCauses =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|UND_ERR_INVALID_ARG|ERR_INVALID_URL)$/u;
const tlsCauses = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_)/u;

/** What a failed connection tells: its code, and whether the request can have reached the model. */
export function judgeConnectionError(error: unknown): { readonly code: ErrorCode; readonly wasSent: boolean } {
  const cause = causeCodeOf(error);
  if (tlsCauses.test(cause)) return { code: 'TLS_FAILED', wasSent: false };
  // A TypeError of its own, without a cause, is about the arguments: an address or a header that cannot be sent.
  if (error instanceof TypeError && error.cause === undefined) return { code: 'REQUEST_REJECTED', wasSent: false };
  return { code: 'NETWORK_UNREACHABLE', wasSent: !unsentCauses.test(cause) };
}

/** The first system error code along the chain of causes; '' without one. Chromium's network errors carry it in the text. */
function causeCodeOf(error: unknown): string {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    if (at instanceof AggregateError && at.errors.length > 0) return causeCodeOf(at.errors[0]);
    if (/net::ERR_CERT_/u.test(at.message)) return 'CERT_';
    if (/net::ERR_(?:NAME_NOT_RESOLVED|CONNECTION_REFUSED|INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE)/u.test(at.message))
      return 'ENETUNREACH';
  }
  return '';
}
