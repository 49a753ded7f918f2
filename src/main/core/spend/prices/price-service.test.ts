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
