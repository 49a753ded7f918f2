import type { OutputOf } from '../../../../shared/rpc/define.ts';
import type { prices } from '../../../../shared/contract/prices.ts';
import type { WhatIfTarget } from '../../../../shared/contract/spend.ts';
import type { ComboboxOption } from '../../../components/ui/combobox.tsx';

type PriceBook = OutputOf<(typeof prices)['prices.book']>;

/** A target as one text, for a choice among many: `list openai gpt-5`. */
function keyOf({ of, id, model }: WhatIfTarget): string {
  return `${of} ${id} ${model}`;
}

/** The reverse of what `targetOptions` has as values; null for a text that is none. */
export function targetOfKey(key: string): WhatIfTarget | null {
  const [, of, id, model] = /^(provider|list) (\S+) (.+)$/u.exec(key) ?? [];
  return (of === 'provider' || of === 'list') && id !== undefined && model !== undefined ? { of, id, model } : null;
}

/** Every model with a price: the user's own first, then those of the lists. */
export function targetOptions({ used, listed }: PriceBook): ComboboxOption[] {
  return [
    ...used
      .filter(({ price }) => price !== null)
      .map(({ providerId: id, providerName, model }) => ({
        value: keyOf({ of: 'provider', id, model }),
        label: `${model} (${providerName})`,
      })),
    ...listed
      .filter(({ price }) => price !== null)
      .map(({ sellerId: id, sellerName, model }) => ({ value: keyOf({ of: 'list', id, model }), label: `${model} (${sellerName})` })),
  ];
}
