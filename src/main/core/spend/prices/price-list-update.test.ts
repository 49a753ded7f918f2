import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startTestCore, type TestCore } from '../../../../../tests/core/start-test-core.ts';
import { bundledPriceList } from './bundled-prices.ts';
import { parsePriceList } from './parse-price-list.ts';

let server: Server;
let body = '';
let status = 200;
let asked = 0;
let core: TestCore;
let environment: { openAiKey: null; openAiBaseUrl: null; priceListUrl: string };

beforeEach(async () => {
  asked = 0;
  status = 200;
  server = createServer((_, response) => {
    asked += 1;
    response.writeHead(status, { location: 'http://127.0.0.1:9/elsewhere' }).end(body);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // A TCP server's address is an AddressInfo.
  const { port } = server.address() as AddressInfo;
  environment = { openAiKey: null, openAiBaseUrl: null, priceListUrl: `http://127.0.0.1:${port}/data.json` };
  core = await startTestCore({ ports: { environment } });
});

afterEach(async () => {
  await core.close();
  server.close();
});

/** The bundled list with one price changed, one model gone and one new, and no `type` in its conditions, as it is published. */
function published(): string {
  const list = bundledPriceList.providers.map((provider) => {
    if (provider.id !== 'openai') return provider;
    const models = provider.models.flatMap((model) => {
      if (model.id === 'gpt-4') return [];
      return [model.id === 'gpt-4o' ? { ...model, prices: { input_mtok: 1.5, output_mtok: 6 } } : model];
    });
    return {
      ...provider,
      api_pattern: 'https://elsewhere\\.example',
      models: [...models, { id: 'gpt-9', match: { equals: 'gpt-9' }, prices: { input_mtok: 7 } }],
    };
  });
  return JSON.stringify(list, (key, value: unknown) => (key === 'type' ? undefined : value));
}

async function priceOf(model: string) {
  const { listed, list } = await core.client.call('prices.book', undefined);
  const found = listed.find((entry) => entry.sellerId === 'openai' && entry.model === model);
  return { list, rate: found?.price?.rates.inputPerMillion };
}

it('is fetched only when asked for, shown, put in force when accepted, kept, and undone', async () => {
  body = published();
  expect(await priceOf('gpt-4o')).toMatchObject({ rate: 2.5, list: { isUpdated: false, host: new URL(environment.priceListUrl).host } });
  expect(asked).toBe(0);
  const update = await core.client.call('prices.checkUpdate', undefined);
  expect(update).toMatchObject({
    changed: [{ sellerName: 'OpenAI', model: 'gpt-4o', before: { inputPerMillion: 2.5 }, after: { inputPerMillion: 1.5 } }],
    added: [{ model: 'gpt-9', after: { inputPerMillion: 7 } }],
    gone: [{ model: 'gpt-4' }],
  });
  expect((await priceOf('gpt-4o')).rate).toBe(2.5);
  await core.client.call('prices.acceptUpdate', { id: update.id });
  expect(await priceOf('gpt-4o')).toMatchObject({ rate: 1.5, list: { isUpdated: true } });

  const again = await startTestCore({ dataDir: core.dataDir, ports: { environment, host: 'terminal' } });
  const kept = await again.client.call('prices.book', undefined);
  await again.close();
  expect(kept.list).toMatchObject({ isUpdated: true, version: new Date().toISOString().slice(0, 10) });

  await core.client.call('prices.undoUpdate', undefined);
  expect(await priceOf('gpt-4o')).toMatchObject({ rate: 2.5, list: { isUpdated: false } });
  await expect(core.client.call('prices.acceptUpdate', { id: update.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(asked).toBe(1);
});

it('changes nothing when what comes is broken, cut off, too little, an error or a redirect', async () => {
  const check = () => core.client.call('prices.checkUpdate', undefined);
  for (const broken of ['<html>', '[]', '{"a":1}', published().slice(0, -9), JSON.stringify(bundledPriceList.providers.slice(0, 3))]) {
    body = broken;
    await expect(check()).rejects.toMatchObject({ code: 'PRICE_LIST_INVALID' });
  }
  body = published();
  for (status of [500, 302]) await expect(check()).rejects.toMatchObject({ code: 'PRICE_LIST_UNREACHABLE' });
  expect(await priceOf('gpt-4o')).toMatchObject({ rate: 2.5, list: { isUpdated: false } });
});

it('keeps the whole bundled list, and takes neither another address for a seller it knows nor an endless pattern', () => {
  const models = (list: readonly { models: readonly unknown[] }[]): number => list.reduce((sum, { models: of }) => sum + of.length, 0);
  const whole = parsePriceList(JSON.stringify(bundledPriceList.providers)) ?? [];
  expect(models(whole)).toBe(models(bundledPriceList.providers));
  const openAi = parsePriceList(published())?.find(({ id }) => id === 'openai');
  expect(openAi?.api_pattern).toBe('https://api\\.openai\\.com');
  const endless = published().replace('{"equals":"gpt-9"}', '{"regex":"^(a+)+$"}');
  expect(
    parsePriceList(endless)
      ?.flatMap((seller) => seller.models)
      .some(({ id }) => id === 'gpt-9'),
  ).toBe(false);
});
