import { OpenAIClient as OpenAI } from '@langchain/openai';
import { afterEach, describe, expect, it } from 'vitest';
import { createGate, refusals, startFakeOpenAi, type FakeOpenAi, type FakeOpenAiOptions } from './start-fake-openai.ts';

const servers: FakeOpenAi[] = [];

async function start(options?: FakeOpenAiOptions): Promise<{ server: FakeOpenAi; client: OpenAI }> {
  const server = await startFakeOpenAi(options);
  servers.push(server);
  return { server, client: new OpenAI({ apiKey: 'sk-test', baseURL: server.baseUrl, maxRetries: 0 }) };
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const question = { model: 'gpt-5.6-terra', messages: [{ role: 'user' as const, content: 'What is the answer?' }] };

describe('the fake model server, seen by the OpenAI client', () => {
  it('streams an answer whose usage is its own bill', async () => {
    const { server, client } = await start({ reply: () => ({ text: 'Forty two it is.', cachedTokens: 2, reasoningTokens: 5 }) });
    const stream = await client.chat.completions.create({ ...question, stream: true, stream_options: { include_usage: true } });
    let text = '';
    let usage: OpenAI.CompletionUsage | null | undefined;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta.content ?? '';
      usage = chunk.usage ?? usage;
    }
    expect(text).toBe('Forty two it is.');
    const [billed] = server.bill();
    expect(usage).toMatchObject({ prompt_tokens: billed?.promptTokens, completion_tokens: 9, prompt_tokens_details: { cached_tokens: 2 } });
    // 10 prompt tokens, 2 of them cached: 8 x 2000 + 2 x 200 + 9 x 12000 nano-USD.
    expect(billed).toMatchObject({ promptTokens: 10, completionTokens: 9, reasoningTokens: 5, complete: true, billedNanos: 124_400 });
  });

  it('bills a stopped stream for what was generated', async () => {
    const gate = createGate({ afterTokens: 2 });
    const { server, client } = await start({ reply: () => ({ tokens: ['a', 'b', 'c', 'd'], gate }) });
    const stream = await client.chat.completions.create({ ...question, stream: true });
    const request = await server.nextRequest();
    await gate.reached();
    stream.controller.abort();
    expect(await request.ended).toBe('disconnected');
    expect(server.bill()).toMatchObject([{ completionTokens: 2, complete: false }]);
  });

  it('holds a stream at its gate until it is stepped', async () => {
    const gate = createGate({ afterTokens: 1 });
    const { client } = await start({ reply: () => ({ tokens: ['a', 'b', 'c'], gate }) });
    const stream = await client.chat.completions.create({ ...question, stream: true });
    let text = '';
    const read = (async () => {
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    })();
    await gate.reached();
    gate.step();
    await gate.reached();
    gate.open();
    await read;
    expect(text).toBe('abc');
  });

  it('speaks the Responses API', async () => {
    const { server, client } = await start({ reply: () => ({ text: 'Hello there', cacheWriteTokens: 3, cacheWrite12hTokens: 1 }) });
    const types: string[] = [];
    let output = '';
    const stream = await client.responses.create({ model: 'gpt-6.1-terra', input: 'Hi', stream: true });
    for await (const event of stream) {
      types.push(event.type);
      if (event.type === 'response.completed') {
        output = event.response.output.map((item) => (item.type === 'message' ? JSON.stringify(item.content) : '')).join('');
        expect(event.response.usage?.input_tokens_details.cache_write_tokens_details).toEqual({ ttl_12h_tokens: 1, ttl_30m_tokens: 2 });
      }
    }
    expect(types.at(0)).toBe('response.created');
    expect(output).toContain('Hello there');
    const whole = await client.responses.create({ model: 'gpt-6.1-terra', input: 'Hi' });
    expect(whole.output_text).toBe('Hello there');
    expect(server.bill()).toHaveLength(2);
  });

  it('embeds alike in base64 and in numbers, and near for shared words', async () => {
    const { client } = await start();
    const embed = async (input: string, format: 'float' | 'base64'): Promise<unknown> =>
      (await client.embeddings.create({ model: 'text-embedding-3-small', input, encoding_format: format })).data[0]?.embedding;
    const cat = numbersOf(await embed('the cat sat', 'float'));
    // Asked for base64 by name, the client hands the text through.
    const bytes = Buffer.from(String(await embed('the cat sat', 'base64')), 'base64');
    for (const [index, value] of cat.entries()) expect(bytes.readFloatLE(index * 4)).toBeCloseTo(value, 6);
    const nearby = dotProduct(cat, numbersOf(await embed('a cat sat down', 'float')));
    expect(nearby).toBeGreaterThan(dotProduct(cat, numbersOf(await embed('東京の天気', 'float'))));
  });
});

function numbersOf(value: unknown): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}

function dotProduct(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}

describe('refusals', () => {
  it('lets in only the one key, and only known models', async () => {
    const { client } = await start({ requireKey: 'sk-right', models: ['one'] });
    await expect(client.models.list()).rejects.toMatchObject({ status: 401, code: 'invalid_api_key' });
    const allowed = client.withOptions({ apiKey: 'sk-right' });
    expect((await allowed.models.list()).data.map((model) => model.id)).toEqual(['one']);
    await expect(allowed.chat.completions.create({ ...question, model: 'two' })).rejects.toMatchObject({ code: 'model_not_found' });
  });

  it('refuses as scripted and bills nothing', async () => {
    const { server, client } = await start({ reply: () => refusals.rateLimited(7) });
    const error = await client.chat.completions.create(question).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OpenAI.RateLimitError);
    expect(error).toMatchObject({ status: 429, code: 'rate_limit_exceeded' });
    expect(server.bill()).toEqual([]);
  });
});
