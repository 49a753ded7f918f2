import { expect, it } from 'vitest';
import type { PlannedPrice } from './own-price-store.ts';
import { planPriceImport } from './plan-price-import.ts';
import { readPriceFile, writePriceFile } from './price-file.ts';

const sellers = [
  { id: 'a', name: 'Office', baseUrl: 'https://llm.example.com/v1' },
  { id: 'b', name: 'Other', baseUrl: 'https://other.example.com/v1' },
];

function price(model: string, validFrom: string, inputPerMillion = 1): PlannedPrice {
  const rates = { inputPerMillion, cacheReadPerMillion: null, cacheWritePerMillion: 0, outputPerMillion: 0.000_001 };
  return { providerId: 'a', providerName: 'Office', price: { baseUrl: 'https://llm.example.com/v1', model, validFrom, ...rates } };
}

const present = [price('@cf/a "model", large', '2026-01-01'), price('house', '2026-02-01', 0.15)];

it.each(['csv', 'json'] as const)('comes back from %s as it went out, names that look like formulas too', (format) => {
  const { prices, shown } = planPriceImport(readPriceFile(`\uFEFF${writePriceFile(present, format)}`), sellers, []);
  expect(prices).toEqual(present);
  expect(shown).toMatchObject({ bad: [], sameCount: 0, added: [{ providerId: 'a' }, { model: 'house' }] });
  expect(planPriceImport(readPriceFile(writePriceFile(present, format)), sellers, present).shown).toMatchObject({
    sameCount: 2,
    added: [],
  });
});

it('lists every row that cannot be used, with its reason, and takes the others', () => {
  const file = [
    'provider,baseUrl,model,validFrom,inputPerMillion,outputPerMillion',
    'Office,,house,2026-02-01,0.2,',
    'Nobody,,house,2026-02-01,1,1',
    'Other,,,2026-02-01,1,1',
    'Other,,m,2026-02-30,1,1',
    'Other,,m,2026-02-01,,1',
    'Other,,m,2026-02-01,1,-1',
    'Other,,m,2026-02-01,1e9,1',
    'Office,https://other.example.com/v1,m,2026-02-01,3,1',
    'Other,,m,2026-02-01,4,1',
  ].join('\n');
  const { prices, shown } = planPriceImport(readPriceFile(file), sellers, present);
  expect(shown.bad).toEqual([
    { row: 2, reason: 'provider' },
    { row: 3, reason: 'model' },
    { row: 4, reason: 'day' },
    { row: 5, reason: 'rate' },
    { row: 6, reason: 'rate' },
    { row: 7, reason: 'rate' },
    { row: 9, reason: 'twice' },
  ]);
  expect(shown.changed).toMatchObject([{ before: { inputPerMillion: 0.15 }, after: { inputPerMillion: 0.2, outputPerMillion: null } }]);
  expect(shown.added).toMatchObject([{ providerId: 'b', inputPerMillion: 3 }]);
  expect(prices).toHaveLength(2);
});

it.each(['', 'hello', '{', '{"prices": 3}', 'a,b\n1,2'])('makes nothing of a file that is none: %j', (text) => {
  const { prices, shown } = planPriceImport(readPriceFile(text), sellers, present);
  expect(prices).toEqual([]);
  expect(shown.bad).toEqual([{ row: 1, reason: 'unreadable' }]);
});
