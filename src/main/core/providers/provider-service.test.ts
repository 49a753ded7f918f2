import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startFakeOpenAi, type FakeOpenAi } from '../../../../tests/fake-openai/start-fake-openai.ts';
import { createKnownModels } from './model-facts.ts';
import { findLocal } from './find-local.ts';
import { listModels } from './list-models.ts';
import { createTemporaryProviders, type TemporaryProviders } from './testing/temporary-providers.ts';

const key = 'sk-test-3141592653589793';
const context = { signal: new AbortController().signal };
let server: FakeOpenAi;
let parts: TemporaryProviders;

beforeEach(async () => {
  server = await startFakeOpenAi({ requireKey: key, models: ['gpt-4o-mini', 'text-embedding-3-small', 'whisper-1', 'mystery'] });
  parts = createTemporaryProviders();
});

afterEach(async () => {
  await parts.close();
  await server.close();
});

/** A web server that is no model server. */
async function startPlainServer(handle: RequestListener): Promise<{ readonly baseUrl: string; close(): void }> {
  const plain = createServer(handle);
  await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object; only a pipe's is a string.
  const { port } = plain.address() as AddressInfo;
  const close = (): void => {
    plain.closeAllConnections();
    plain.close();
  };
  return { baseUrl: `http://127.0.0.1:${port}/v1`, close };
}

function addOpenAi(over: { key?: string | null } = {}) {
  return parts.service.add({ preset: 'openai', name: 'Mine', baseUrl: server.baseUrl, key, ...over }, context);
}

describe('adding a provider', () => {
  it('lists its models and takes the embedding model it has', async () => {
    const provider = await addOpenAi();
    expect(provider).toMatchObject({ kind: 'remote', hasKey: true, embeddingModelId: 'text-embedding-3-small', smallModelId: null });
    const { models } = await parts.service.models({ providerId: provider.id, refresh: false }, context);
    expect(models.map((model) => [model.id, model.kind])).toEqual([
      ['gpt-4o-mini', 'chat'],
      ['text-embedding-3-small', 'embedding'],
      ['whisper-1', 'other'],
      ['mystery', 'chat'],
    ]);
    expect(models[0]).toMatchObject({ inputPerMillion: 0.15, outputPerMillion: 0.6 });
    expect(models[3]).toMatchObject({ contextTokens: null, inputPerMillion: null, outputPerMillion: null });
  });

  it('does not put back an embedding model the person took away', async () => {
    const provider = await addOpenAi();
    await parts.service.update({ ...provider, providerId: provider.id, embeddingModelId: null });
    await parts.service.test({ providerId: provider.id }, context);
    expect(parts.store.get(provider.id)?.embeddingModelId).toBeNull();
  });

  it('works with a server that does not answer, and catches up at the first test', async () => {
    const provider = await addOpenAi({ key: 'sk-wrong-key' });
    expect(provider.embeddingModelId).toBeNull();
    await parts.service.setKey({ providerId: provider.id, key });
    expect(await parts.service.test({ providerId: provider.id }, context)).toMatchObject({ ok: true, modelCount: 4, failure: null });
    expect(parts.store.get(provider.id)?.embeddingModelId).toBe('text-embedding-3-small');
  });

  it('takes a key as people paste it, and refuses what no header can hold', async () => {
    const provider = await addOpenAi({ key: `Bearer ${key}` });
    expect(await parts.keys.read(provider.id)).toBe(key);
    await expect(addOpenAi({ key: 'sk-１２３' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(parts.service.list().providers).toHaveLength(2);
  });
});

describe('testing a connection says what is wrong', () => {
  it('with the key', async () => {
    const provider = await addOpenAi({ key: 'sk-wrong-key' });
    const result = await parts.service.test({ providerId: provider.id }, context);
    expect(result).toMatchObject({ ok: false, modelCount: null, failure: { code: 'KEY_REJECTED', data: { status: 401 } } });
  });

  it('without one, also when the server was not known to need it', async () => {
    const provider = await addOpenAi({ key: null });
    expect((await parts.service.test({ providerId: provider.id }, context)).failure).toEqual({ code: 'KEY_MISSING' });
    const custom = await parts.service.add({ preset: 'custom', name: 'Custom', baseUrl: server.baseUrl, key: null }, context);
    expect((await parts.service.test({ providerId: custom.id }, context)).failure).toEqual({ code: 'KEY_MISSING' });
  });

  it('with the path, and with a page that is no API', async () => {
    const page = await startPlainServer((_, response) => response.end('<html>Welcome</html>'));
    const wrongPath = await parts.service.add({ preset: 'custom', name: 'Path', baseUrl: `${server.baseUrl}/nowhere`, key }, context);
    const website = await parts.service.add({ preset: 'custom', name: 'Site', baseUrl: page.baseUrl, key: null }, context);
    expect((await parts.service.test({ providerId: wrongPath.id }, context)).failure?.code).toBe('ENDPOINT_NOT_FOUND');
    expect((await parts.service.test({ providerId: website.id }, context)).failure).toEqual({
      code: 'ENDPOINT_NOT_FOUND',
      data: { reason: 'not_json' },
    });
    page.close();
  });

  it('with a key that the public list of OpenRouter does not check', async () => {
    const list = await startPlainServer((request, response) => {
      const isList = request.url?.endsWith('/models') === true;
      response
        .writeHead(isList ? 200 : 401)
        .end(JSON.stringify(isList ? { data: [{ id: 'openai/gpt-x' }] } : { error: { message: 'No' } }));
    });
    const provider = await parts.service.add({ preset: 'openrouter', name: 'Router', baseUrl: list.baseUrl, key }, context);
    expect((await parts.service.test({ providerId: provider.id }, context)).failure?.code).toBe('KEY_REJECTED');
    list.close();
  });

  it('with a server that takes the question and says nothing', async () => {
    const silent = await startPlainServer(() => undefined);
    const asking = listModels({ baseUrl: silent.baseUrl, key: null, fetch, timeoutMs: 30, signal: context.signal });
    await expect(asking).rejects.toMatchObject({ code: 'NETWORK_UNREACHABLE', data: { reason: 'timeout' } });
    silent.close();
  });

  it('with the network', async () => {
    const provider = await addOpenAi();
    await server.close();
    const result = await parts.service.test({ providerId: provider.id }, context);
    expect(result.failure).toMatchObject({ code: 'NETWORK_UNREACHABLE', data: { reason: 'refused' } });
    server = await startFakeOpenAi();
  });
});

describe('a model list', () => {
  it('is asked for again only when it is old, and the old one is better than none', async () => {
    const provider = await addOpenAi();
    const asked = (): number => server.requests.length;
    const list = () => parts.service.models({ providerId: provider.id, refresh: false }, context);
    await list();
    expect(asked()).toBe(1);
    parts.advance(25 * 60 * 60 * 1_000);
    const { fetchedAt } = await list();
    expect(asked()).toBe(2);
    parts.advance(25 * 60 * 60 * 1_000);
    await server.close();
    expect(await list()).toMatchObject({ fetchedAt });
    await expect(parts.service.models({ providerId: provider.id, refresh: true }, context)).rejects.toMatchObject({
      code: 'NETWORK_UNREACHABLE',
    });
    server = await startFakeOpenAi();
  });

  it('of the demo is there without a network', async () => {
    const { models } = await parts.service.models({ providerId: 'demo', refresh: false }, context);
    expect(models).toEqual([
      { id: 'tally-demo', kind: 'chat', contextTokens: 128_000, inputPerMillion: null, outputPerMillion: null, takesImages: false },
    ]);
  });

  it('says which models take images: as the provider does, else by their names', async () => {
    const router = await startPlainServer((_, response) => {
      const told = (id: string, inputs: readonly string[]) => ({ id, architecture: { input_modalities: inputs } });
      response.end(
        JSON.stringify({ data: [told('gpt-4o', ['text']), told('house-model', ['text', 'image']), { id: 'gpt-4' }, { id: 'x' }] }),
      );
    });
    const provider = await parts.service.add({ preset: 'custom', name: 'Router', baseUrl: router.baseUrl, key: null }, context);
    const { models } = await parts.service.models({ providerId: provider.id, refresh: false }, context);
    expect(models.map(({ takesImages }) => takesImages)).toEqual([false, true, false, null]);
    const facts = createKnownModels(parts);
    const seen = models.map(({ id: modelId }) => facts.factsOf({ providerId: provider.id, modelId }).takesImages);
    expect(seen).toEqual([false, true, false, true]);
    router.close();
  });

  it('of Ollama is completed by asking about each chat model, once', async () => {
    const asked: string[] = [];
    const ollama = await startPlainServer((request, response) => {
      if (request.url === '/v1/models') {
        response.end(
          JSON.stringify({
            object: 'list',
            data: [{ id: 'qwen3.6:35b' }, { id: 'gemma3:latest' }, { id: 'old' }, { id: 'nomic-embed-text' }],
          }),
        );
        return;
      }
      let body = '';
      request.on('data', (bytes: Buffer) => (body += bytes.toString('utf8')));
      request.on('end', () => {
        asked.push(`${request.method} ${request.url} ${body}`);
        if (body.includes('old')) response.writeHead(404).end('{}');
        else response.end(JSON.stringify({ capabilities: body.includes('qwen') ? ['completion', 'vision'] : ['completion'] }));
      });
    });
    const provider = await parts.service.add({ preset: 'ollama', name: 'Ollama', baseUrl: ollama.baseUrl, key: null }, context);
    const list = () => parts.service.models({ providerId: provider.id, refresh: true }, context);
    const { models } = await list();
    expect(models.map(({ takesImages }) => takesImages)).toEqual([true, false, null, null]);
    const questions = ['qwen3.6:35b', 'gemma3:latest', 'old'].map((model) => `POST /api/show ${JSON.stringify({ model })}`);
    expect(new Set(asked)).toEqual(new Set(questions));
    asked.length = 0;
    await list();
    expect(asked).toEqual([questions[2]]);
    ollama.close();
  });
});

describe('changing a provider', () => {
  it('never sends its key to another host', async () => {
    const provider = await addOpenAi();
    const stranger = await startFakeOpenAi();
    const moved = await parts.service.update({ ...provider, providerId: provider.id, baseUrl: stranger.baseUrl });
    expect(moved).toMatchObject({ hasKey: false, keyProtection: 'none' });
    await parts.service.test({ providerId: provider.id }, context);
    expect(stranger.requests).toEqual([]);
    await stranger.close();
  });

  it('keeps the key for another path of the same host', async () => {
    const provider = await addOpenAi();
    const moved = await parts.service.update({ ...provider, providerId: provider.id, baseUrl: `${server.baseUrl}/other` });
    expect(moved.hasKey).toBe(true);
  });

  it('takes it, its key and its models away, and the default model that was its own', async () => {
    const provider = await addOpenAi();
    parts.settings.update({ defaultModel: { providerId: provider.id, modelId: 'gpt-4o-mini' } });
    await parts.service.remove({ providerId: provider.id });
    expect(parts.service.list().providers.map(({ id }) => id)).toEqual(['demo']);
    expect(await parts.keys.read(provider.id)).toBeNull();
    expect(parts.settings.get().defaultModel).toBeNull();
    await expect(parts.service.test({ providerId: provider.id }, context)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is refused for the demo', async () => {
    const demo = { providerId: 'demo', name: 'Mine', baseUrl: server.baseUrl, embeddingModelId: null, smallModelId: null };
    const attempts = [
      parts.service.update(demo),
      parts.service.remove(demo),
      parts.service.setKey({ ...demo, key }),
      parts.service.clearKey(demo),
    ];
    const results = await Promise.allSettled(attempts);
    expect(results.map((result) => result.status === 'rejected' && result.reason.code)).toEqual(Array(4).fill('CONFLICT'));
  });
});

describe('the environment', () => {
  it('is offered, not taken', () => {
    const offered = createTemporaryProviders({ environment: { openAiKey: key, openAiBaseUrl: null } });
    expect(offered.service.environmentOffer()).toEqual({ hasKey: true, baseUrl: null });
    expect(offered.service.list().providers.map(({ id }) => id)).toEqual(['demo']);
    return offered.close();
  });

  it('becomes one provider, however often it is imported, and a paid one for an unknown address', async () => {
    const offered = createTemporaryProviders({ environment: { openAiKey: key, openAiBaseUrl: server.baseUrl } });
    const first = await offered.service.importEnvironment(undefined, context);
    const second = await offered.service.importEnvironment(undefined, context);
    expect(second).toEqual(first);
    expect(first).toMatchObject({ preset: 'openai', kind: 'remote', baseUrl: server.baseUrl, hasKey: true });
    await offered.close();
  });

  it('with nothing in it gives nothing', async () => {
    await expect(parts.service.importEnvironment(undefined, context)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

it('finds the model servers of this computer, without a key, and no other server', async () => {
  const open = await startFakeOpenAi({ models: ['qwen3:8b'] });
  const found = await findLocal(fetch, context.signal, [
    { preset: 'ollama', baseUrl: open.baseUrl },
    { preset: 'lmstudio', baseUrl: server.baseUrl },
    { preset: 'vllm', baseUrl: 'http://127.0.0.1:9/v1' },
  ]);
  expect(found).toEqual([{ preset: 'ollama', baseUrl: open.baseUrl, modelCount: 1 }]);
  expect(open.requests[0]?.headers['authorization']).toBeUndefined();
  await open.close();
});
