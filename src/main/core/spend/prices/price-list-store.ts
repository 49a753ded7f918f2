import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { basePricesVersion, bundledPriceList, type PriceList } from './bundled-prices.ts';
import { parsePriceList } from './parse-price-list.ts';

const stored = z.object({ day: z.iso.date(), bundledVersion: z.string(), list: z.string() });

/** The list in force beside Tally's own: the bundled one, or one that was downloaded and accepted. */
export interface PriceListStore {
  readonly current: () => PriceList;
  readonly isUpdated: () => boolean;
  /** `text` as it was downloaded, on a day (YYYY-MM-DD, UTC). */
  readonly accept: (text: string, day: string) => void;
  /** Goes back to the bundled list. */
  readonly undo: () => void;
}

/**
 * Keeps an accepted list as a file of the data folder, written whole or not at all. One that was downloaded for another version of the
 * bundled list is older than what came with Tally since, and no longer used; so is one that cannot be read.
 */
export function createPriceListStore(dataDir: string): PriceListStore {
  const file = path.join(dataDir, 'price-list.json');
  let list: PriceList | null = null;
  const current = (): PriceList => (list ??= read(file) ?? bundledPriceList);
  return {
    current,
    isUpdated: () => current() !== bundledPriceList,
    accept(text, day) {
      mkdirSync(dataDir, { recursive: true });
      writeFileSync(`${file}.new`, JSON.stringify({ day, bundledVersion: basePricesVersion, list: text }), { flush: true });
      renameSync(`${file}.new`, file);
      list = null;
    },
    undo() {
      rmSync(file, { force: true });
      list = null;
    },
  };
}

function read(file: string): PriceList | null {
  if (!existsSync(file)) return null;
  try {
    const { day, bundledVersion, list } = stored.parse(JSON.parse(readFileSync(file, 'utf8')));
    const providers = bundledVersion === basePricesVersion ? parsePriceList(list) : null;
    return providers && { providers, version: day };
  } catch {
    return null;
  }
}
