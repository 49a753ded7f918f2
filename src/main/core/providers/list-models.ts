import { AppError } from '../../../shared/rpc/errors.ts';
import type { Fetch } from '../ports.ts';
import { parseJson } from '../spend/json-fields.ts';
import { asAppError, toAppError } from './as-app-error.ts';
import { failureOfReply } from './failure-of-reply.ts';
import { isRecord } from './is-record.ts';
import { keyedFetch, readAtMost } from './keyed-fetch.ts';
import type { ListedModel } from './provider-store.ts';
import { readModelList } from './read-model-list.ts';

/** Largest model list that is read, in bytes; OpenRouter's has about one million. */
const maxListBytes = 8 * 1024 * 1024;

export interface ModelListRequest {
  readonly baseUrl: string;
  readonly key: string | null;
  readonly fetch: Fetch;
  readonly timeoutMs: number;
  /** Aborts when the caller is not interested any more. */
  readonly signal: AbortSignal;
}

/** Asks a provider for its models. Costs nothing. Throws AppError with the code of what went wrong. */
export async function listModels(request: ModelListRequest): Promise<readonly ListedModel[]> {
  const models = readModelList(await requestJson(request, '/models'));
  if (models === null)
    throw new AppError('ENDPOINT_NOT_FOUND', 'The reply is not a list of models.', { data: { reason: 'no_model_list' } });
  return models;
}

/** GET below the base URL, or POST where there is a body, parsed. Throws AppError with the code of what went wrong. */
export async function requestJson(request: ModelListRequest, path: string, body?: Readonly<Record<string, string>>): Promise<unknown> {
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const signal = AbortSignal.any([request.signal, timeout]);
  try {
    const fetch = keyedFetch(request.fetch, request.key, signal);
    const posted = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const headers = { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) };
    const response = await fetch(`${request.baseUrl}${path}`, { ...posted, headers });
    const text = await readAtMost(response, maxListBytes);
    if (!response.ok) throw refusal(response, text);
    return jsonOf(text);
  } catch (error) {
    if (timeout.aborted && !request.signal.aborted) {
      throw new AppError('NETWORK_UNREACHABLE', 'No reply in time.', { data: { reason: 'timeout' }, cause: error });
    }
    throw asAppError(error, { signal: request.signal });
  }
}

function refusal(response: Response, text: string): AppError {
  const body = parseJson(text);
  const failure = failureOfReply({
    status: response.status,
    error: isRecord(body) ? (body['error'] ?? body) : text,
    header: (name) => response.headers.get(name),
    modelId: undefined,
    now: null,
  });
  return toAppError(failure);
}

function jsonOf(text: string): unknown {
  const body = parseJson(text);
  if (body === undefined) throw new AppError('ENDPOINT_NOT_FOUND', 'The reply is not JSON.', { data: { reason: 'not_json' } });
  return body;
}
