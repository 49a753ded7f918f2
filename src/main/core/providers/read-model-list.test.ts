import { expect, it } from 'vitest';
import { readModelList } from './read-model-list.ts';

it('reads the shapes servers answer with, each with what it adds', () => {
  const plain = { contextTokens: null, inputPerMillion: null, outputPerMillion: null, takesImages: null };
  expect(readModelList({ object: 'list', data: [{ id: 'a' }, { id: 'text-embedding-3-small' }] })).toEqual([
    { id: 'a', kind: 'chat', ...plain },
    { id: 'text-embedding-3-small', kind: 'embedding', ...plain },
  ]);
  expect(readModelList([{ id: 'togethercomputer/m2', type: 'embedding', context_length: 32_768 }])).toEqual([
    { id: 'togethercomputer/m2', kind: 'embedding', ...plain, contextTokens: 32_768 },
  ]);
  expect(readModelList({ models: [{ name: 'qwen3:8b' }] })?.map((model) => model.id)).toEqual(['qwen3:8b']);
  expect(
    readModelList({
      data: [
        { id: 'v', max_model_len: 4_096 },
        { id: 'l', meta: { n_ctx_train: 8_192 } },
      ],
    })?.map((m) => m.contextTokens),
  ).toEqual([4_096, 8_192]);
});

it('turns prices per token into prices per million without binary dust, and a price that varies into none', () => {
  const list = readModelList({
    data: [
      { id: 'openai/gpt-x', context_length: 400_000, pricing: { prompt: '0.00000025', completion: '0.000002' } },
      { id: 'openrouter/auto', pricing: { prompt: '-1', completion: '-1' } },
      { id: 'free', pricing: { prompt: '0', completion: '0' } },
    ],
  });
  expect(list?.map(({ inputPerMillion, outputPerMillion }) => [inputPerMillion, outputPerMillion])).toEqual([
    [0.25, 2],
    [null, null],
    [0, 0],
  ]);
});

it('puts dated models newest first and keeps the order of others', () => {
  expect(
    readModelList({
      data: [
        { id: 'old', created: 1 },
        { id: 'new', created: 3 },
        { id: 'mid', created: 2 },
      ],
    })?.map((m) => m.id),
  ).toEqual(['new', 'mid', 'old']);
  expect(readModelList({ data: [{ id: 'b', created: 1 }, { id: 'a' }] })?.map((m) => m.id)).toEqual(['b', 'a']);
});

it('takes no other JSON for a list, and an empty list for one', () => {
  expect([readModelList({ status: 'ok' }), readModelList('hello'), readModelList(null)]).toEqual([null, null, null]);
  expect([readModelList({ object: 'list', data: null }), readModelList({ data: [] })]).toEqual([[], []]);
  expect(readModelList({ data: [null, 7, { id: 5 }, { id: 'x'.repeat(300) }, { id: 'kept' }, { id: 'kept' }] })?.map((m) => m.id)).toEqual([
    'kept',
  ]);
});
