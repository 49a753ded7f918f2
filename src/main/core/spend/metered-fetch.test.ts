import { afterEach, describe, expect, it } from 'vitest';
import { refusals, startFakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { chatRequest, closeServers, fakeServer, meter, rawServer } from './testing/metered-requests.ts';

afterEach(closeServers);

describe('a request that is refused', () => {
  it.each([
    [refusals.wrongKey(), 'KEY_REJECTED'],
    [refusals.quotaExceeded(), 'QUOTA_EXCEEDED'],
    [refusals.contextTooLong(8_192, 9_000), 'CONTEXT_TOO_LONG'],
    [refusals.serverError(503), 'PROVIDER_UNAVAILABLE'],
  ])('reaches the client as it is and costs nothing: $status', async (refusal, code) => {
    const server = await fakeServer({ reply: () => refusal });
    const { fetch, seen } = meter();
    const response = await fetch(`${server.baseUrl}/chat/completions`, chatRequest());
    expect(response.status).toBe(refusal.status);
    expect(await response.json()).toEqual(refusal.body);
    expect(seen).toMatchObject([{ outcome: 'failed', reach: 'rejected', errorCode: code, httpStatus: refusal.status }]);
  });

  it('by a gateway that gave up waiting may have been billed', async () => {
    const server = await fakeServer({ reply: () => refusals.serverError(504) });
    const { fetch, seen } = meter();
    await fetch(`${server.baseUrl}/chat/completions`, chatRequest());
    expect(seen).toMatchObject([{ outcome: 'failed', reach: 'sent', isOutputSeen: false }]);
  });

  it('never carries the key along a redirect', async () => {
    const hits: string[] = [];
    const elsewhere = await rawServer((request, response) => {
      hits.push(request.url ?? '');
      response.end();
    });
    const baseUrl = await rawServer(
      (_request, response) => void response.writeHead(307, { location: `${elsewhere}/chat/completions` }).end(),
    );
    const { fetch, seen } = meter();
    await expect(fetch(`${baseUrl}/chat/completions`, chatRequest())).rejects.toMatchObject({ code: 'BASE_URL_INVALID' });
    expect(hits).toEqual([]);
    expect(seen).toMatchObject([{ outcome: 'failed', reach: 'rejected' }]);
  });

  it('by nobody, since nobody listens, was never sent', async () => {
    const server = await startFakeOpenAi();
    await server.close();
    const { fetch, seen } = meter();
    await expect(fetch(`${server.baseUrl}/chat/completions`, chatRequest())).rejects.toThrow();
    expect(seen).toMatchObject([{ outcome: 'failed', reach: 'unsent', errorCode: 'NETWORK_UNREACHABLE' }]);
  });
});

it('a header that cannot be sent is booked as never sent', async () => {
  const { fetch, seen } = meter();
  const request = { ...chatRequest(), headers: { authorization: 'Bearer line\nbreak' } };
  await expect(fetch('http://127.0.0.1:9/v1/chat/completions', request)).rejects.toThrow(TypeError);
  expect(seen).toMatchObject([{ outcome: 'failed', reach: 'unsent', errorCode: 'REQUEST_REJECTED' }]);
});

describe('replies that are no streams', () => {
  it('reads the usage of a whole answer and leaves its bytes alone', async () => {
    const server = await fakeServer({ reply: () => ({ tokens: ['a ', 'b'], reasoningTokens: 5, serviceTier: 'flex' }) });
    const { fetch, seen } = meter();
    const response = await fetch(`${server.baseUrl}/chat/completions`, chatRequest({ stream: false }));
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: 'a b' } }] });
    const [bill] = server.bill();
    expect(seen).toMatchObject([
      { outcome: 'done', serviceTier: 'flex', firstTokenMs: null, usage: { outputTokens: bill?.completionTokens, reasoningTokens: 5 } },
    ]);
  });

  it('reads the usage of embeddings', async () => {
    const server = await fakeServer();
    const { fetch, seen } = meter();
    const body = JSON.stringify({ model: 'text-embedding-3-small', input: ['one text', 'and another'], encoding_format: 'float' });
    await fetch(`${server.baseUrl}/embeddings`, { method: 'POST', body });
    expect(seen).toMatchObject([{ outcome: 'done', usage: { inputTokens: server.bill()[0]?.promptTokens } }]);
  });

  it('reads the Responses API', async () => {
    const server = await fakeServer({ reply: () => ({ tokens: ['a ', 'b'], cachedTokens: 3 }) });
    const { fetch, seen } = meter();
    const body = JSON.stringify({ model: 'gpt-4o-mini', input: 'What is a lease?', stream: true });
    await (await fetch(`${server.baseUrl}/responses`, { method: 'POST', body })).text();
    expect(seen).toMatchObject([{ outcome: 'done', outputText: 'a b', usage: { cacheReadTokens: 3 } }]);
  });
});
