import { expect, it } from 'vitest';
import { fitSize } from './fit-size.ts';

it.each([
  ['a small one stays as it is', [640, 480], [640, 480]],
  ['one that just fits stays as it is', [2_048, 100], [2_048, 100]],
  ['a wide one is as wide as models make use of', [4_096, 3_072], [2_048, 1_536]],
  ['a high one is as high', [3_024, 4_032], [1_536, 2_048]],
  ['a line keeps its pixel', [60_000, 1], [2_048, 1]],
])('%s', (_name, [width = 0, height = 0], [fitWidth, fitHeight]) => {
  expect(fitSize({ width, height })).toEqual({ width: fitWidth, height: fitHeight });
});
