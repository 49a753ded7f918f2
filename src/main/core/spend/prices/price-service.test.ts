import { afterEach, beforeEach, expect, it } from 'vitest';
import { startFakeOpenAi, type FakeOpenAi } from '../../../../../tests/fake-openai/start-fake-openai.ts';
import { startTestCore, type TestCore } from '../../../../../tests/core/start-test-core.ts';
import type { ModelRef } from '../../../../shared/contract/chat.ts';

let server: FakeOpenAi;
let core: TestCore;
let model: ModelRef;
const rates = { inputPerMillion: 1, cacheReadPerMillion: null, cacheWritePerMillion: null, outputPerMillion: 3 };

beforeEach(async () => {
  server = await startFakeOpenAi({ models: ['house-model'] });
  core = await startTestCore();
  await core.client.call('settings.update', { titlesByModel: false });
  model = await core.addModel(server.baseUrl, 'house-model');
});

afterEach(async () => {
  await core.close();
  await server.close();
});

async function ask() {
  const { runId } = await core.send('What does it cost?', model);
  await core.finish(runId);
  const { records } = await core.client.call('spend.records', { from: '2000-01-01', to: '2999-12-31' });
  return records;
}

const key = () => ({ providerId: model.providerId, model: 'house-model' });

it('prices calls from now on, and leaves those that are booked', async () => {
  const [first] = await ask();
  expect(first).toMatchObject({ amount: { exactness: 'no_price' }, price: null });
  expect(await core.client.call('prices.list', undefined)).toMatchObject({ prices: [], unpriced: [{ ...key(), callCount: 1 }] });

  await core.client.call('prices.set', { ...key(), validFrom: '2026-01-01', ...rates });
  const listed = await core.client.call('prices.list', undefined);
  expect(listed).toMatchObject({ prices: [{ ...key(), validFrom: '2026-01-01', ...rates }], unpriced: [] });

  const records = await ask();
  const { promptTokens = 0, completionTokens = 0 } = server.bill().at(-1) ?? {};
  expect(records).toMatchObject([
    {
      amount: { exactness: 'exact', costNanos: promptTokens * 1_000 + completionTokens * 3_000 },
      price: { ...rates, multiplier: 1, source: 'own', version: '2026-01-01' },
    },
    { id: first?.id, amount: { exactness: 'no_price' }, price: null },
  ]);

  await core.client.call('prices.remove', { ...key(), validFrom: '2026-01-01' });
  expect((await ask()).map(({ amount }) => amount.exactness)).toEqual(['no_price', 'exact', 'no_price']);
});

it('takes no price for what has none', async () => {
  const set = (fields: object) => core.client.call('prices.set', { ...key(), validFrom: '2026-01-01', ...rates, ...fields });
  await expect(set({ providerId: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const { providers } = await core.client.call('providers.list', undefined);
  const demo = providers.find(({ kind }) => kind === 'demo');
  if (demo !== undefined) await expect(set({ providerId: demo.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  for (const fields of [{ inputPerMillion: -1 }, { outputPerMillion: Number.NaN }, { validFrom: '2026-02-30' }, { model: ' ' }]) {
    await expect(set(fields)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  }
  expect(await core.client.call('prices.list', undefined)).toMatchObject({ prices: [] });
});

it('lists every price, the models of the user first, each with the one in force', async () => {
  await ask();
  await core.client.call('prices.set', { ...key(), validFrom: '2026-01-01', ...rates });
  await core.client.call('prices.set', { ...key(), model: 'not-called', validFrom: '2999-01-01', ...rates });
  const { used, listed } = await core.client.call('prices.book', undefined);
  expect(used).toMatchObject([
    { ...key(), callCount: 1, unpricedCount: 1, price: { rates, source: 'own', since: '2026-01-01' }, own: [{ validFrom: '2026-01-01' }] },
    { model: 'not-called', callCount: 0, price: null, own: [{ validFrom: '2999-01-01' }] },
  ]);
  expect(listed.length).toBeGreaterThan(1_000);
  const long = { fromTokens: 272_001, rates: { inputPerMillion: 4, outputPerMillion: 15 } };
  const tiers = [
    { names: ['flex', 'batch'], multiplier: 0.5 },
    { names: ['priority', 'fast'], multiplier: 2 },
  ];
  expect(listed.filter(({ sellerId, model: name }) => sellerId === 'openai' && name === 'gpt-6.1-sol')).toMatchObject([
    {
      price: { rates: { inputPerMillion: 2 }, steps: [long], serviceTiers: tiers, source: 'tally', since: '2026-09-29' },
      providerId: null,
    },
  ]);
});

it('changes a price into one of another day without keeping both', async () => {
  const first = { ...key(), validFrom: '2026-01-01', ...rates };
  await core.client.call('prices.set', first);
  await core.client.call('prices.set', { ...first, validFrom: '2026-02-01', inputPerMillion: 2, replaces: first });
  const { prices } = await core.client.call('prices.list', undefined);
  expect(prices).toMatchObject([{ validFrom: '2026-02-01', inputPerMillion: 2 }]);
});
