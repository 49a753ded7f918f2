import { afterEach, expect, it } from 'vitest';
import { createGate, startFakeOpenAi, type FakeOpenAi, type Fault } from './start-fake-openai.ts';

let server: FakeOpenAi | undefined;

afterEach(async () => server?.close());

interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** What arrives on the wire. */
async function streamWith(fault: Fault): Promise<Reply> {
  server = await startFakeOpenAi({ reply: () => ({ tokens: ['one', ' two', ' three', ' four'], fault }) });
  const request = { model: 'gpt-4o', stream: true, stream_options: { include_usage: true }, messages: [{ role: 'user', content: 'Go' }] };
  const response = await fetch(`${server.baseUrl}/chat/completions`, { method: 'POST', body: JSON.stringify(request) });
  return { status: response.status, contentType: response.headers.get('content-type') ?? '', body: await response.text() };
}

it('resets the connection in the middle', async () => {
  const gate = createGate({ afterTokens: 2 });
  server = await startFakeOpenAi({ reply: () => ({ tokens: ['one', ' two', ' three', ' four'], fault: 'reset', gate }) });
  const response = await fetch(`${server.baseUrl}/chat/completions`, { method: 'POST', body: '{"model":"gpt-4o","stream":true}' });
  let body = '';
  const read = (async () => {
    for await (const bytes of response.body ?? []) {
      body += Buffer.from(bytes).toString();
      if (body.includes(' two')) gate.open();
    }
  })();
  await expect(read).rejects.toThrow('terminated');
  expect(body).toContain(' two');
  expect(body).not.toContain(' three');
});

it('ends without saying that it is finished', async () => {
  const reply = await streamWith('fin-without-done');
  expect(reply.body).not.toMatch(/\[DONE\]|"finish_reason":"stop"|"prompt_tokens"/);
});

it('ends in the middle of a line', async () => {
  const reply = await streamWith('half-line');
  expect(reply.body.endsWith('\n')).toBe(false);
});

it('answers with a web page or a JSON error instead of a stream', async () => {
  expect(await streamWith('html')).toMatchObject({ status: 200, contentType: 'text/html; charset=utf-8' });
  expect(server?.bill()).toEqual([]);
  await server?.close();
  const reply = await streamWith('json-error');
  expect(reply).toMatchObject({ status: 200, contentType: 'application/json' });
  expect(JSON.parse(reply.body)).toHaveProperty('error.message');
});

it('puts an error or a broken event into the stream', async () => {
  expect((await streamWith('error-event')).body).toMatch(/data: \{"error":.*\n\n$/);
  await server?.close();
  const reply = await streamWith('malformed-event');
  expect(reply.body).toContain('[{\n\n');
  expect(reply.body).toContain('[DONE]');
});

it('sends a line without end', async () => {
  server = await startFakeOpenAi({ reply: () => ({ fault: 'runaway-line' }) });
  const body = JSON.stringify({ model: 'gpt-4o', stream: true, messages: [] });
  const response = await fetch(`${server.baseUrl}/chat/completions`, { method: 'POST', body });
  let received = 0;
  for await (const bytes of response.body ?? []) {
    received += bytes.length;
    if (received > 8 * 1024 * 1024) break;
  }
  expect(received).toBeGreaterThan(8 * 1024 * 1024);
});

it.each([
  ['no-usage', 0],
  ['groq-usage', 1],
  ['usage-on-finish', 2],
  // One for the role, four tokens, the finish and the usage chunk.
  ['usage-every-chunk', 7],
] as const)('sends usage as %s does', async (fault, count) => {
  const reply = await streamWith(fault);
  expect(reply.body.match(/"prompt_tokens":/g)?.length ?? 0).toBe(count);
  if (fault === 'groq-usage') expect(reply.body).toContain('"x_groq":{');
});

it('rejects stream_options and answers without them', async () => {
  expect(await streamWith('reject-stream-options')).toMatchObject({ status: 400 });
  const body = JSON.stringify({ model: 'gpt-4o', stream: true, messages: [] });
  const response = await fetch(`${server?.baseUrl}/chat/completions`, { method: 'POST', body });
  expect(await response.text()).not.toContain('prompt_tokens');
});
