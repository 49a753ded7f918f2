import { describe, expect, it } from 'vitest';
import { splitExactly } from './split-exactly.ts';

describe('splitExactly', () => {
  it.each([
    [10, [1, 1, 1], [4, 3, 3]],
    [5, [1, 3, 1], [1, 3, 1]],
    [1, [2, 3, 5], [0, 0, 1]],
    [0, [1, 2], [0, 0]],
    // More digits than a double has: a floor taken of a rounded quotient would be one too high.
    [9_007_199_254_740_991, [9_007_199_254_740_990, 1], [9_007_199_254_740_990, 1]],
  ])('splits %d by %j without losing a unit', (total, weights, parts) => {
    expect(splitExactly(total, weights)).toEqual(parts);
  });

  it('has nothing to go by without weights', () => {
    expect(splitExactly(5, [0, 0])).toBeNull();
    expect(splitExactly(5, [])).toBeNull();
  });
});
