import type { WhatIf } from '../../../../shared/contract/spend.ts';

/** What a model has of a period, with the model. */
export type CellWithPart = WhatIf['cells'][number] & { readonly part: WhatIf['parts'][number] };

/** Every model of every period, the latest period first and in it the dearest model. */
export function cellsWithParts({ cells, parts }: WhatIf): CellWithPart[] {
  const byKey = new Map(parts.map((part) => [part.key, part]));
  return cells
    .flatMap((cell): CellWithPart[] => {
      const part = byKey.get(cell.key);
      return part === undefined ? [] : [{ ...cell, part }];
    })
    .toSorted((a, b) => b.period.localeCompare(a.period) || b.whatIfNanos - a.whatIfNanos);
}
