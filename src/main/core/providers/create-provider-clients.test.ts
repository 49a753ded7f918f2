import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusals, startFakeOpenAi, type FakeOpenAi, type FakeReply } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { batchTexts } from './batch-texts.ts';
import { createKnownModels } from './model-facts.ts';
import type { MeteredEmbedder, StepAttribution } from './provider-clients.ts';
import { createTemporaryProviders, type TemporaryProviders } from './testing/temporary-providers.ts';

const key = 'sk-test-1618033988749894';
const context = { signal: new AbortController().signal };
const answer: StepAttribution = { runId: 'run', purpose: 'answer', conversationId: 'c', messageId: 'm', documentId: null };
const indexing: StepAttribution = { runId: null, purpose: 'index_embedding', conversationId: null, messageId: null, documentId: 'd' };
let reply: FakeReply | undefined;
let server: FakeOpenAi;
let parts: TemporaryProviders;

beforeEach(async () => {
  reply = undefined;
  server = await startFakeOpenAi({ reply: () => reply, models: ['gpt-4o-mini', 'text-embedding-3-small'] });
  parts = createTemporaryProviders();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await parts.close();
  await server.close();
});

async function addProvider(over: { preset?: 'openai' | 'vllm'; key?: string | null } = {}): Promise<string> {
  const { id } = await parts.service.add({ preset: 'openai', name: 'Mine', baseUrl: server.baseUrl, key, ...over }, context);
  return id;
}

async function embedderOf(): Promise<MeteredEmbedder> {
  await addProvider();
  const embedder = await parts.clients.embedder();
  if (embedder === null) throw new Error('no embedder');
  return embedder;
}

const chatRequests = () => server.requests.filter((request) => request.path.endsWith('/chat/completions'));

describe('a chat model', () => {
  it('streams through the meter, and its bill is the record', async () => {
    const providerId = await addProvider();
    const { model, call, label } = await parts.clients.chatModel({ providerId, modelId: 'gpt-4o-mini' }, answer);
    let text = '';
    for await (const chunk of await model.stream('hello')) text += chunk.text;
    const [record] = await call.settled();
    const [bill] = server.bill();
    expect(label).toBe('gpt-4o-mini');
    expect(text).toContain('hello');
    expect(record).toMatchObject({
      providerId,
      providerName: 'Mine',
      purpose: 'answer',
      messageId: 'm',
      inputTokens: bill?.promptTokens,
      outputTokens: bill?.completionTokens,
      amount: { costNanos: bill?.billedNanos },
    });
  });

  it('sends the key and nothing else about this computer', async () => {
    vi.stubEnv('OPENAI_ORGANIZATION', 'org-private');
    vi.stubEnv('OPENAI_ORG_ID', 'org-private');
    vi.stubEnv('OPENAI_PROJECT_ID', 'project-private');
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'x-private: yes');
    const providerId = await addProvider();
    const { model } = await parts.clients.chatModel({ providerId, modelId: 'gpt-4o-mini' }, answer);
    await model.invoke('hello');
    const headers = chatRequests()[0]?.headers ?? {};
    expect(headers['authorization']).toBe(`Bearer ${key}`);
    expect(Object.keys(headers).filter((name) => /openai|stainless|private/.test(name))).toEqual([]);
    expect(JSON.stringify(headers)).not.toContain('private');
  });

  it('works without a key on one’s own computer, sending none, not even the environment’s', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-from-the-shell');
    const providerId = await addProvider({ preset: 'vllm', key: null });
    const { model, call } = await parts.clients.chatModel({ providerId, modelId: 'gpt-4o-mini' }, answer);
    await model.invoke('hello');
    expect(chatRequests()[0]?.headers['authorization']).toBeUndefined();
    expect(await call.settled()).toMatchObject([{ providerKind: 'local', amount: { exactness: 'free' } }]);
  });

  it('is refused before anything is sent when its key is missing or its provider gone', async () => {
    const providerId = await addProvider({ key: null });
    const sent = server.requests.length;
    await expect(parts.clients.chatModel({ providerId, modelId: 'gpt-4o-mini' }, answer)).rejects.toMatchObject({ code: 'KEY_MISSING' });
    await expect(parts.clients.chatModel({ providerId: 'gone', modelId: 'm' }, answer)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(server.requests).toHaveLength(sent);
  });

  it('repeats an answer once at most', async () => {
    const providerId = await addProvider();
    reply = refusals.serverError();
    const { model, call } = await parts.clients.chatModel({ providerId, modelId: 'gpt-4o-mini' }, answer);
    await expect(model.invoke('hello')).rejects.toMatchObject({ status: 500 });
    expect(chatRequests()).toHaveLength(2);
    expect(await call.settled()).toHaveLength(2);
  });

  it('knows its window from its well-known name or from the provider’s list', async () => {
    const providerId = await addProvider();
    await parts.service.models({ providerId: 'demo', refresh: true }, context);
    const refs = [
      { providerId, modelId: 'gpt-4o-mini-2024-07-18' },
      { providerId, modelId: 'gpt-4o-mini-lookalike' },
      { providerId: 'demo', modelId: 'tally-demo' },
    ];
    const models = createKnownModels(parts);
    expect(refs.map((ref) => models.factsOf(ref).contextTokens)).toEqual([128_000, null, 128_000]);
  });

  it('sends nothing to LangSmith and prints nothing, whatever the shell says', async () => {
    vi.stubEnv('LANGSMITH_TRACING', 'true');
    vi.stubEnv('LANGCHAIN_TRACING_V2', 'true');
    vi.stubEnv('LANGCHAIN_VERBOSE', 'true');
    vi.stubEnv('LANGSMITH_ENDPOINT', server.baseUrl);
    vi.stubEnv('LANGSMITH_API_KEY', 'ls-key');
    const printed = vi.spyOn(console, 'log');
    const again = createTemporaryProviders();
    const { model } = await again.clients.chatModel({ providerId: 'demo', modelId: 'tally-demo' }, answer);
    await model.invoke('hello');
    await again.close();
    expect(process.env['LANGSMITH_TRACING']).toBeUndefined();
    expect(server.requests).toEqual([]);
    expect(printed).not.toHaveBeenCalled();
  });
});

it('chooses the small model where there is one', async () => {
  const providerId = await addProvider();
  const ref = { providerId, modelId: 'gpt-4o' };
  expect(parts.clients.smallModelOf(ref)).toEqual(ref);
  const [provider] = parts.service.list().providers.filter(({ id }) => id === providerId);
  if (provider === undefined) throw new Error('no provider');
  await parts.service.update({ ...provider, providerId, smallModelId: 'gpt-4o-mini' });
  expect(parts.clients.smallModelOf(ref)).toEqual({ providerId, modelId: 'gpt-4o-mini' });
});

describe('the embedder', () => {
  it('gives unit vectors in order, in requests of a bearable size, and books each', async () => {
    const embedder = await embedderOf();
    const texts = Array.from({ length: 100 }, (_, index) => `word${index}\nsecond line`);
    const vectors = await embedder.embed(texts, { attribution: indexing, signal: context.signal });
    const sent = server.requests.filter((request) => request.path.endsWith('/embeddings'));
    expect(embedder.vectorSpace).toMatch(/^id-\d+\/text-embedding-3-small$/);
    expect(vectors).toHaveLength(100);
    expect(vectors.every((vector) => Math.abs(vector.reduce((sum, value) => sum + value * value, 0) - 1) < 1e-5)).toBe(true);
    const [alone] = await embedder.embed([texts[98] ?? ''], { attribution: indexing, signal: context.signal });
    expect(vectors[98]).toEqual(alone);
    expect(sent.map((request) => request.body.encoding_format)).toEqual(['float', 'float']);
    expect(server.bill().filter((call) => call.model === 'text-embedding-3-small')).toHaveLength(3);
    expect(parts.usageStore.totalByDocuments(['d']).get('d')?.callCount).toBe(3);
  });

  it('stops at once, also while it waits to try again', async () => {
    const embedder = await embedderOf();
    reply = refusals.rateLimited(30);
    const stop = new AbortController();
    const failed = expect(embedder.embed(['a'], { attribution: indexing, signal: stop.signal })).rejects.toMatchObject({
      code: 'CANCELLED',
    });
    await server.nextRequest();
    await server.nextRequest();
    stop.abort();
    await failed;
  });

  it('says what a provider said, as one of our errors', async () => {
    const embedder = await embedderOf();
    reply = refusals.quotaExceeded();
    await expect(embedder.embed(['a'], { attribution: indexing, signal: context.signal })).rejects.toMatchObject({
      code: 'QUOTA_EXCEEDED',
    });
  });

  it('is not there without an embedding model, without its key, and while keys are locked', async () => {
    expect(await parts.clients.embedder()).toBeNull();
    const providerId = await addProvider();
    expect(await parts.clients.embedder()).not.toBeNull();
    await parts.service.clearKey({ providerId });
    expect(await parts.clients.embedder()).toBeNull();
  });

  it('does not move to another provider that was added later', async () => {
    const first = await embedderOf();
    await addProvider();
    expect((await parts.clients.embedder())?.vectorSpace).toBe(first.vectorSpace);
  });
});

it('cuts texts into batches without losing, reordering or splitting any', () => {
  const texts = ['a'.repeat(150_000), 'b'.repeat(60_000), 'c'.repeat(500_000), ...Array.from({ length: 200 }, (_, index) => `${index}`)];
  const batches = batchTexts(texts);
  expect(batches.flat()).toEqual(texts);
  expect(batches.map((batch) => batch.length)).toEqual([1, 1, 1, 96, 96, 8]);
  expect(batchTexts([])).toEqual([]);
});
