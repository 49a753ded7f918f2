import { expect, it } from 'vitest';
import { createTokenCounter } from '../spend/tokens/token-counter.ts';
import { warmUp } from './warm-up.ts';

it('loads what counting needs in the order it will be needed', async () => {
  const loaded: string[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  const preload = async (model: string): Promise<void> => {
    loaded.push(model);
    if (loaded.length === 2) resolve();
  };
  const warming = warmUp({ tokenCounter: { preload }, countedModels: () => ['gpt-4o', 'text-embedding-3-small'] });
  await promise;
  await warming.close();
  expect(loaded).toEqual(['gpt-4o', 'text-embedding-3-small']);
});

it('ends with the core', async () => {
  const { preload } = createTokenCounter();
  const asked: string[] = [];
  const warming = warmUp({ tokenCounter: { preload }, countedModels: () => (asked.push('asked'), []) });
  await warming.close();
  expect(asked).toEqual([]);
  await expect(preload('gpt-3.5-turbo', AbortSignal.abort())).rejects.toThrow();
});
