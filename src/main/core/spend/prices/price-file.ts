import { csvParse } from 'd3-dsv';
import { z } from 'zod';
import { csvLine } from '../../../../shared/csv.ts';
import type { PlannedPrice } from './own-price-store.ts';

const columns = [
  'provider',
  'baseUrl',
  'model',
  'validFrom',
  'inputPerMillion',
  'cacheReadPerMillion',
  'cacheWritePerMillion',
  'outputPerMillion',
] as const;

/** A price as a file has it, unchecked: every field as text, '' where there is none. */
export type PriceFileRow = Readonly<Record<(typeof columns)[number], string>>;

const jsonFile = z.object({ prices: z.array(z.record(z.string(), z.unknown())) });

/** Prices as a file: CSV with a head, or JSON. */
export function writePriceFile(prices: readonly PlannedPrice[], format: 'csv' | 'json'): string {
  const rows = prices.map(({ providerName, price }) => ({ provider: providerName, ...price }));
  if (format === 'json') return `${JSON.stringify({ format: 'tally-prices', prices: rows }, null, 2)}\n`;
  return csvLine(columns) + rows.map((row) => csvLine(columns.map((column) => row[column]))).join('');
}

/** The rows of a file, CSV or JSON; null when it is neither. */
export function readPriceFile(text: string): PriceFileRow[] | null {
  const trimmed = text.replace(/^\uFEFF/u, '').trim();
  if (trimmed.startsWith('{')) return readJson(trimmed);
  const found = csvParse(trimmed);
  if (!found.columns.includes('model') || !found.columns.includes('inputPerMillion')) return null;
  // An apostrophe before what a spreadsheet takes for a formula is not part of the name.
  return found.map((row) => rowOf((column) => (row[column] ?? '').replace(/^'(?=[=+\-@\t\r])/u, '')));
}

function readJson(text: string): PriceFileRow[] | null {
  try {
    const found = jsonFile.safeParse(JSON.parse(text));
    if (!found.success) return null;
    return found.data.prices.map((row) =>
      rowOf((column) => {
        const value = row[column];
        return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
      }),
    );
  } catch {
    return null;
  }
}

function rowOf(textOf: (column: (typeof columns)[number]) => string): PriceFileRow {
  const text = (column: (typeof columns)[number]): string => textOf(column).trim();
  return {
    provider: text('provider'),
    baseUrl: text('baseUrl'),
    model: text('model'),
    validFrom: text('validFrom'),
    inputPerMillion: text('inputPerMillion'),
    cacheReadPerMillion: text('cacheReadPerMillion'),
    cacheWritePerMillion: text('cacheWritePerMillion'),
    outputPerMillion: text('outputPerMillion'),
  };
}
