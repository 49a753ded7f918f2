import { expect, it } from 'vitest';
import { batchReads } from './batch-reads.ts';

it('asks once for what is wanted in the same turn, in groups, and gives each reader its own', async () => {
  const asked: string[][] = [];
  const read = batchReads((ids) => {
    asked.push(ids);
    return Promise.resolve(ids.filter((id) => id !== 'gone').map((id) => ({ id })));
  }, 2);
  expect(await Promise.all(['a', 'b', 'a', 'gone'].map(read))).toEqual([{ id: 'a' }, { id: 'b' }, { id: 'a' }, null]);
  expect(await read('a')).toEqual({ id: 'a' });
  expect(asked).toEqual([['a', 'b'], ['gone'], ['a']]);
});

it('fails those of a group that failed, and works the next time', async () => {
  let isDown = true;
  const read = batchReads((ids) => (isDown ? Promise.reject(new Error('down')) : Promise.resolve(ids.map((id) => ({ id })))), 10);
  await expect(read('a')).rejects.toThrow('down');
  isDown = false;
  expect(await read('a')).toEqual({ id: 'a' });
});
