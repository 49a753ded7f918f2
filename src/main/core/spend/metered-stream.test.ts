import { afterEach, describe, expect, it } from 'vitest';
import { createGate } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { chatRequest, closeServers, fakeServer, meter, rawServer } from './testing/metered-requests.ts';

afterEach(closeServers);

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
    const bytes = Buffer.from(`\uFEFF: hello\n\n${event}data:[DONE]`);
    const baseUrl = await rawServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const writeFrom = (at: number): void => {
        if (at === bytes.length) response.end();
        else response.write(bytes.subarray(at, at + 1), () => setImmediate(writeFrom, at + 1));
      };
      writeFrom(0);
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
    ['json-error', 'failed', 'ERROR_REPLY'],
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

async function readToEnd(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): Promise<void> {
  while ((await reader?.read())?.done === false);
}
