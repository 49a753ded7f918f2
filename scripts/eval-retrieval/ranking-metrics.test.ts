import { expect, it } from 'vitest';
import { rankingQuality } from './ranking-metrics.ts';

const judgements = new Map([
  ['a', 3],
  ['b', 1],
  ['c', 0],
]);

it('is perfect for the ideal order and nothing for one without a relevant document', () => {
  expect(rankingQuality([{ ranking: ['a', 'b', 'x'], judgements }])).toEqual({
    ndcgAt10: 1,
    recallAt10: 1,
    recallAt100: 1,
    mapAt100: 1,
    mrrAt10: 1,
    precisionAt1: 1,
  });
  expect(Object.values(rankingQuality([{ ranking: ['c', 'x'], judgements }]))).toEqual([0, 0, 0, 0, 0, 0]);
});

it('gives the values worked out by hand, and counts a document named twice once', () => {
  const quality = rankingQuality([{ ranking: ['x', 'b', 'b', 'a'], judgements }]);
  expect(quality.ndcgAt10).toBeCloseTo((1 / Math.log2(3) + 3 / 2) / (3 + 1 / Math.log2(3)), 12);
  expect(quality.mapAt100).toBeCloseTo((1 / 2 + 2 / 3) / 2, 12);
  expect(quality.mrrAt10).toBe(0.5);
});

it('looks no deeper than it says, and leaves out questions nothing is relevant to', () => {
  const ranking = [...Array.from({ length: 10 }, (_, index) => `x${index}`), 'a'];
  const quality = rankingQuality([
    { ranking, judgements: new Map([['a', 1]]) },
    { ranking, judgements: new Map([['a', 0]]) },
  ]);
  expect(quality).toMatchObject({ ndcgAt10: 0, recallAt10: 0, recallAt100: 1, mrrAt10: 0 });
  expect(quality.mapAt100).toBeCloseTo(1 / 11, 12);
});
