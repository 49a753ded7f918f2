import { afterEach, describe, expect, it } from 'vitest';
import { createGate, refusals, startFakeOpenAi, type FakeOpenAi, type FakeReply } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { clientConfiguration, noKey } from './client-configuration.ts';
import { failureOf } from './describe-failure.ts';
import { failureOfReply } from './failure-of-reply.ts';
import { keyedFetch } from './keyed-fetch.ts';

const key = 'sk-test-4242424242';
const modelId = 'gpt-test';
let server: FakeOpenAi | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** What LangChain throws for a server's reply, on the way a chat takes. */
async function thrownFor(reply: FakeReply, baseUrl?: string, onChunk = (): void => undefined): Promise<unknown> {
  const { ChatOpenAI } = await import('@langchain/openai');
  server = await startFakeOpenAi({ reply: () => reply });
  const configuration = clientConfiguration(baseUrl ?? server.baseUrl, keyedFetch(fetch, key));
  const model = new ChatOpenAI({ model: modelId, apiKey: noKey, maxRetries: 0, configuration });
  try {
    for await (const _ of await model.stream('hello')) onChunk();
    return new Error('the call went through');
  } catch (error) {
    return error;
  }
}

describe('a refusal, thrown by LangChain', () => {
  it.each([
    [refusals.wrongKey(), 'KEY_REJECTED', { status: 401 }],
    [refusals.modelNotFound(modelId), 'MODEL_NOT_FOUND', { model: modelId }],
    [{ status: 404, body: '<html>Not Found</html>' }, 'ENDPOINT_NOT_FOUND', { status: 404 }],
    [refusals.rateLimited(120), 'RATE_LIMITED', { retryAfterMs: 120_000 }],
    [refusals.quotaExceeded(), 'QUOTA_EXCEEDED', { status: 429 }],
    [refusals.contextTooLong(8_192, 9_001), 'CONTEXT_TOO_LONG', { limitTokens: 8_192, sentTokens: 9_001, model: modelId }],
    [refusals.serverError(503), 'PROVIDER_UNAVAILABLE', { status: 503 }],
    [
      { status: 403, body: { error: { message: 'Country not supported', code: 'unsupported_country_region_territory' } } },
      'ACCESS_DENIED',
      {},
    ],
    [{ status: 402, body: { error: { message: 'Insufficient Balance' } } }, 'QUOTA_EXCEEDED', {}],
    [{ status: 400, body: { error: { message: 'Filtered', code: 'content_filter' } } }, 'CONTENT_FILTERED', {}],
    [{ status: 400, body: { error: { message: 'API key not valid. Please pass a valid API key.' } } }, 'KEY_REJECTED', {}],
    [{ status: 400, body: { error: { message: 'no/such is not a valid model ID', code: 400 } } }, 'MODEL_NOT_FOUND', {}],
    [{ status: 422, body: { error: { message: 'Bad temperature' } } }, 'REQUEST_REJECTED', { detail: 'Bad temperature' }],
    [refusals.parameterUnsupported('temperature'), 'PARAMETER_REFUSED', { parameter: 'temperature', model: modelId }],
    [refusals.parameterUnsupported('reasoning.effort'), 'PARAMETER_REFUSED', { parameter: 'reasoningEffort' }],
    [
      { status: 400, body: { error: { message: "Unsupported parameter: 'max_tokens' is not supported with this model." } } },
      'PARAMETER_REFUSED',
      { parameter: 'maxOutputTokens' },
    ],
    [{ status: 422, body: { message: 'Extra inputs are not permitted: service_tier' } }, 'PARAMETER_REFUSED', { parameter: 'serviceTier' }],
    [refusals.parameterUnsupported('messages'), 'REQUEST_REJECTED', {}],
  ] as const)('%o is %s', async (reply, code, data) => {
    const failure = failureOf(await thrownFor(reply), { modelId });
    expect(failure).toMatchObject({ code, data });
  });

  it('that echoes the key shows the words around it only', async () => {
    const failure = failureOf(await thrownFor({ status: 401, body: { error: { message: `Bad key ${key}!` } } }), {});
    expect(failure).toEqual({ code: 'KEY_REJECTED', data: { status: 401, detail: 'Bad key [key]!' } });
  });

  it('that redirects names the host to enter instead', async () => {
    const reply = { status: 308, body: '', headers: { location: 'https://new.example/v1' } };
    expect(failureOf(await thrownFor(reply), {})).toEqual({ code: 'BASE_URL_INVALID', data: { reason: 'redirect', host: 'new.example' } });
  });

  it('inside the stream is judged by its words', async () => {
    const failure = failureOf(await thrownFor({ fault: 'error-event' }), {});
    expect(failure.code).toBe('STREAM_ERROR');
  });
});

describe('no reply at all', () => {
  it('from a port nobody listens on', async () => {
    const gone = await startFakeOpenAi();
    await gone.close();
    expect(failureOf(await thrownFor({}, gone.baseUrl), {})).toEqual({
      code: 'NETWORK_UNREACHABLE',
      data: { reason: 'refused', host: '127.0.0.1' },
    });
  });

  it('from a name that does not exist', async () => {
    const failure = failureOf(await thrownFor({}, 'https://nobody.invalid/v1'), {});
    expect(failure).toMatchObject({ code: 'NETWORK_UNREACHABLE', data: { reason: 'dns' } });
  });

  it('from a server that speaks no TLS', async () => {
    const plain = await startFakeOpenAi();
    const error = await thrownFor({}, plain.baseUrl.replace('http:', 'https:'));
    await plain.close();
    expect(failureOf(error, {})).toMatchObject({ code: 'TLS_FAILED' });
  });

  it('because the connection broke in the middle', async () => {
    const gate = createGate({ afterTokens: 1 });
    const reply: FakeReply = { tokens: ['a', 'b', 'c', 'd'], gate, fault: 'reset', faultAfterTokens: 2 };
    const error = await thrownFor(reply, undefined, () => gate.open());
    expect(failureOf(error, {})).toEqual({ code: 'STREAM_TRUNCATED' });
  });
});

describe('an abort', () => {
  const abortError = new DOMException('This operation was aborted', 'AbortError');

  it('is the person’s when the signal says so, whatever was thrown', () => {
    const stopped = AbortSignal.abort();
    expect(failureOf(new TypeError('terminated'), { signal: stopped })).toEqual({ code: 'CANCELLED' });
    expect(failureOf(abortError, { signal: stopped })).toEqual({ code: 'CANCELLED' });
  });

  it('carries the watchdog’s own reason', () => {
    const signal = AbortSignal.abort(new AppError('STREAM_STALLED'));
    expect(failureOf(abortError, { signal })).toEqual({ code: 'STREAM_STALLED' });
  });

  it('that nobody asked for is a broken connection', () => {
    expect(failureOf(abortError, { signal: new AbortController().signal }).code).toBe('NETWORK_UNREACHABLE');
  });
});

it('finds our own error under the ones libraries wrap around it, and survives a loop of causes', () => {
  const ours = new AppError('STREAM_STALLED', 'stalled', { data: { seconds: 60 } });
  expect(failureOf(new Error('Connection error.', { cause: new Error('x', { cause: ours }) }), {})).toEqual({
    code: 'STREAM_STALLED',
    data: { seconds: 60 },
  });
  const loop = new Error('loop');
  loop.cause = loop;
  expect(failureOf(loop, {})).toEqual({ code: 'INTERNAL' });
  for (const thrown of [undefined, null, 'text']) expect(failureOf(thrown, {})).toEqual({ code: 'INTERNAL' });
});

it('reads both counts of a too long request as other servers word it', () => {
  const reply = (status: number, message: string) =>
    failureOfReply({ status, error: { message }, header: () => null, modelId: undefined, now: null }).data;
  expect(reply(400, 'the request exceeds the available context size (4096 tokens), try increasing it')).toMatchObject({
    limitTokens: 4_096,
  });
  expect(
    reply(
      400,
      "This endpoint's maximum context length is 131,072 tokens. However, you requested about 140,500 tokens (140,000 of text input).",
    ),
  ).toMatchObject({ limitTokens: 131_072, sentTokens: 140_500 });
});
