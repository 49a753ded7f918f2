import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createGate, refusals, startFakeOpenAi, type FakeOpenAiOptions } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { createMeteredFetch, defaultReplyLimits, type ReplyLimits } from './metered-fetch.ts';
import type { Observation } from './observe-reply.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function fakeServer(options: FakeOpenAiOptions = {}) {
  const server = await startFakeOpenAi(options);
  closers.push(() => server.close());
  return server;
}

async function rawServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  // A TCP server's address is an object; only a pipe's is a string.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

function meter(limits: Partial<ReplyLimits> = {}) {
  const seen: Observation[] = [];
  const closing = new AbortController();
  const fetch = createMeteredFetch({
    fetch: globalThis.fetch,
    requestedModel: 'gpt-4o-mini',
    isLocal: false,
    limits: { ...defaultReplyLimits, ...limits },
    now: Date.now,
    closing: closing.signal,
    quirks: { refusesStreamOptions: false },
    begin: async () => ({
      startedAt: Date.now(),
      async settle(observation) {
        seen.push(observation);
      },
    }),
  });
  return { fetch, seen, closing };
}

function chatRequest(options: { stream?: boolean; signal?: AbortSignal; model?: string } = {}): RequestInit {
  const { stream = true, signal, model = 'gpt-4o-mini' } = options;
  const body = {
    model,
    stream,
    messages: [{ role: 'user', content: 'What is a lease?' }],
    ...(stream ? { stream_options: { include_usage: true } } : {}),
  };
  return { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), ...(signal ? { signal } : {}) };
}

/** The text of a stream's chunks, as a client would put it together. */
function textIn(stream: string): string {
  const events = stream
    .split('\n\n')
    .filter((event) => event.startsWith('data: {'))
    .map((event) => JSON.parse(event.slice(6)) as { choices: { delta: { content?: string } }[] });
  return events.map((event) => event.choices[0]?.delta.content ?? '').join('');
}

describe('a stream that goes well', () => {
  it('passes the answer on and sees what the server bills', async () => {
    const server = await fakeServer({
      reply: () => ({
        tokens: ['A ', 'lease ', 'binds.'],
        cachedTokens: 2,
        servedModel: 'gpt-4o-mini-2024-07-18',
        headers: { 'x-request-id': 'req_1' },
      }),
    });
    const { fetch, seen } = meter();
    const response = await fetch(`${server.baseUrl}/chat/completions`, chatRequest());
    expect(textIn(await response.text())).toBe('A lease binds.');
    const [bill] = server.bill();
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      outcome: 'done',
      isComplete: true,
      servedModel: 'gpt-4o-mini-2024-07-18',
      requestId: 'req_1',
      outputText: 'A lease binds.',
      usage: { inputTokens: bill?.promptTokens, cacheReadTokens: 2, outputTokens: bill?.completionTokens },
    });
  });

  it('takes a reader that leaves at [DONE] for content, not for a stop', async () => {
    const server = await fakeServer();
    const { fetch, seen } = meter();
    const response = await fetch(`${server.baseUrl}/chat/completions`, chatRequest());
    const reader = response.body?.getReader();
    const decoder = new TextDecoder();
    for (let text = ''; !text.includes('[DONE]'); text += decoder.decode((await reader?.read())?.value));
    await reader?.cancel();
    expect(seen.map(({ outcome }) => outcome)).toEqual(['done']);
  });

  it.each(['usage-every-chunk', 'groq-usage', 'usage-on-finish'] as const)('reads the last usage sent: %s', async (fault) => {
    const server = await fakeServer({ reply: () => ({ tokens: ['a ', 'b ', 'c'], fault }) });
    const { fetch, seen } = meter();
    await (await fetch(`${server.baseUrl}/chat/completions`, chatRequest())).text();
    const [bill] = server.bill();
    expect(seen[0]?.usage).toMatchObject({ inputTokens: bill?.promptTokens, outputTokens: bill?.completionTokens });
  });

  it('leaves a malformed event out, so that the client survives it', async () => {
    const server = await fakeServer({ reply: () => ({ tokens: ['a ', 'b ', 'c'], fault: 'malformed-event' }) });
    const { fetch, seen } = meter();
    const text = await (await fetch(`${server.baseUrl}/chat/completions`, chatRequest())).text();
    expect(textIn(text)).toBe('a b c');
    expect(seen[0]).toMatchObject({ outcome: 'done', malformedEventCount: 1 });
  });

  it('repeats a request without stream_options for a server that refuses the field, and remembers', async () => {
    const server = await fakeServer({ reply: () => ({ tokens: ['fine'], fault: 'reject-stream-options' }) });
    const { fetch, seen } = meter();
    for (let call = 0; call < 2; call += 1) {
      expect(textIn(await (await fetch(`${server.baseUrl}/chat/completions`, chatRequest())).text())).toBe('fine');
    }
    expect(seen.map(({ httpStatus, reach }) => [httpStatus, reach])).toEqual([
      [400, 'rejected'],
      [200, 'sent'],
      [200, 'sent'],
    ]);
  });

  it('reads events however the bytes are cut', async () => {
    const event = `data: ${JSON.stringify({ choices: [{ delta: { content: '賃貸借🏠' }, finish_reason: 'stop' }] })}\r\n\r\n`;
    const baseUrl = await rawServer(async (_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const byte of Buffer.from(`\uFEFF: hello\n\n${event}data:[DONE]`)) {
        response.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      response.end();
    });
    const { fetch, seen } = meter();
    const response = await fetch(`${baseUrl}/chat/completions`, chatRequest());
    expect(textIn(await response.text())).toBe('賃貸借🏠');
    expect(seen[0]).toMatchObject({ outcome: 'done', outputText: '賃貸借🏠', malformedEventCount: 0 });
  });
});

describe('a stream that goes wrong', () => {
  it.each([
    ['fin-without-done', 'interrupted', 'STREAM_TRUNCATED'],
    ['half-line', 'interrupted', 'STREAM_TRUNCATED'],
    ['error-event', 'failed', 'STREAM_ERROR'],
    ['html', 'failed', 'NOT_A_STREAM'],
    ['json-error', 'failed', 'STREAM_ERROR'],
  ] as const)('%s is no silent success', async (fault, outcome, code) => {
    const server = await fakeServer({ reply: () => ({ tokens: ['a ', 'b ', 'c ', 'd'], fault, faultAfterTokens: 2 }) });
    const { fetch, seen } = meter();
    const response = await fetch(`${server.baseUrl}/chat/completions`, chatRequest());
    await expect(response.text()).rejects.toMatchObject({ code });
    expect(seen).toMatchObject([{ outcome, errorCode: code }]);
  });

  it('keeps what came before a reset', async () => {
    const gate = createGate({ afterTokens: 2 });
    const server = await fakeServer({ reply: () => ({ tokens: ['a ', 'b ', 'c'], fault: 'reset', faultAfterTokens: 2, gate }) });
    const { fetch, seen } = meter();
    const reader = (await fetch(`${server.baseUrl}/chat/completions`, chatRequest())).body?.getReader();
    let text = '';
    while (!text.includes('b ')) text += new TextDecoder().decode((await reader?.read())?.value);
    gate.open();
    await expect(readToEnd(reader)).rejects.toMatchObject({ code: 'STREAM_TRUNCATED' });
    expect(seen).toMatchObject([{ outcome: 'interrupted', outputText: 'a b ' }]);
  });

  it('does not wait for a silent server for ever', async () => {
    const server = await fakeServer({ reply: () => ({ tokens: ['a ', 'b'], fault: 'stall', faultAfterTokens: 1 }) });
    const { fetch, seen } = meter({ idleMs: 50 });
    const response = await fetch(`${server.baseUrl}/chat/completions`, chatRequest());
    await expect(response.text()).rejects.toMatchObject({ code: 'STREAM_STALLED' });
    expect(seen).toMatchObject([{ outcome: 'interrupted', errorCode: 'STREAM_STALLED', outputText: 'a ' }]);
  });

  it('does not wait for headers for ever either, but longer for a model that may be thinking', async () => {
    const server = await fakeServer({ models: ['gpt-5'], reply: () => ({ fault: 'stall-headers' }) });
    const quick = meter({ idleMs: 50 });
    await expect(quick.fetch(`${server.baseUrl}/chat/completions`, chatRequest())).rejects.toMatchObject({ code: 'STREAM_STALLED' });
    expect(quick.seen).toMatchObject([{ outcome: 'failed', reach: 'sent', isOutputSeen: false }]);
    const patient = meter({ idleMs: 1, quietMs: 60 });
    const thinking = patient.fetch(`${server.baseUrl}/chat/completions`, chatRequest({ model: 'gpt-5' }));
    await expect(thinking).rejects.toMatchObject({ data: { patienceMs: 60 } });
  });

  it('cuts off a line without an end', async () => {
    const server = await fakeServer({ reply: () => ({ tokens: ['a ', 'b'], fault: 'runaway-line', faultAfterTokens: 1 }) });
    const { fetch, seen } = meter();
    const response = await fetch(`${server.baseUrl}/chat/completions`, chatRequest());
    await expect(response.text()).rejects.toMatchObject({ code: 'REPLY_TOO_LARGE' });
    expect(seen).toMatchObject([{ outcome: 'failed', errorCode: 'REPLY_TOO_LARGE' }]);
  });

  it('cuts off an answer without an end', async () => {
    const baseUrl = await rawServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const chunk = `data: ${JSON.stringify({ choices: [{ delta: { content: 'x'.repeat(1_000) } }] })}\n\n`;
      const write = (): void => {
        while (!response.destroyed && response.write(chunk));
        if (!response.destroyed) response.once('drain', write);
      };
      write();
    });
    const { fetch } = meter({ maxReplyBytes: 100_000 });
    const response = await fetch(`${baseUrl}/chat/completions`, chatRequest());
    await expect(response.text()).rejects.toMatchObject({ code: 'REPLY_TOO_LARGE' });
  });

  it('takes a connection that is kept open after the finish reason for finished', async () => {
    const baseUrl = await rawServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(`data: ${JSON.stringify({ choices: [{ delta: { content: 'all' }, finish_reason: 'stop' }] })}\n\n`);
    });
    const { fetch, seen } = meter({ idleMs: 50 });
    expect(textIn(await (await fetch(`${baseUrl}/chat/completions`, chatRequest())).text())).toBe('all');
    expect(seen).toMatchObject([{ outcome: 'done', isComplete: true }]);
  });
});

describe('a stop', () => {
  it('is booked with what was seen, and reaches the server', async () => {
    const gate = createGate({ afterTokens: 2 });
    const server = await fakeServer({ reply: () => ({ tokens: ['a ', 'b ', 'c'], gate }) });
    const { fetch, seen } = meter();
    const controller = new AbortController();
    const reader = (await fetch(`${server.baseUrl}/chat/completions`, chatRequest({ signal: controller.signal }))).body?.getReader();
    let text = '';
    while (!text.includes('b ')) text += new TextDecoder().decode((await reader?.read())?.value);
    controller.abort();
    await expect(readToEnd(reader)).rejects.toMatchObject({ name: 'AbortError' });
    expect(seen).toMatchObject([{ outcome: 'stopped', errorCode: null, outputText: 'a b ', isOutputSeen: true }]);
    expect(await server.requests[0]?.ended).toBe('disconnected');
    gate.open();
  });

  it('is booked though nobody reads any more', async () => {
    const gate = createGate({ afterTokens: 1 });
    const server = await fakeServer({ reply: () => ({ tokens: ['a ', 'b'], gate }) });
    const { fetch, seen, closing } = meter();
    await fetch(`${server.baseUrl}/chat/completions`, chatRequest());
    closing.abort();
    expect(seen).toMatchObject([{ outcome: 'stopped' }]);
    gate.open();
  });

  it('before anything was sent books nothing', async () => {
    const server = await fakeServer();
    const { fetch, seen } = meter();
    await expect(fetch(`${server.baseUrl}/chat/completions`, chatRequest({ signal: AbortSignal.abort() }))).rejects.toThrow();
    expect(server.requests).toHaveLength(0);
    expect(seen).toHaveLength(0);
  });
});

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

async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  while ((await reader?.read())?.done === false);
}
