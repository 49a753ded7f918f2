import { expect, it } from 'vitest';
import { fuseRanks } from './fuse-ranks.ts';

it('puts what several searches found before what only one did, with the rank in each', () => {
  const fused = fuseRanks([
    ['a', 'b', 'c'],
    ['d', 'c', 'a'],
  ]);
  expect(fused.map(({ key, ranks }) => [key, ...ranks])).toEqual([
    ['a', 1, 3],
    ['c', 3, 2],
    ['d', null, 1],
    ['b', 2, null],
  ]);
  expect(fused[0]?.score).toBeCloseTo(1 / 61 + 1 / 63, 12);
});

it('keeps a single ranking, counts a thing named twice once, and has an order for ties', () => {
  expect(fuseRanks([['x', 'y', 'x'], []]).map(({ key }) => key)).toEqual(['x', 'y']);
  expect(fuseRanks([['x'], ['y']]).map(({ key }) => key)).toEqual(['x', 'y']);
  expect(fuseRanks([])).toEqual([]);
});
