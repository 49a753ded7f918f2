import { waitForUpdate, type Provider } from '@pydantic/genai-prices';

/** The version of the bundled list, as pinned in package.json. */
export const basePricesVersion = '0.1.8';

/** A list of sellers with their models and prices, in the form of `@pydantic/genai-prices`. */
export interface PriceList {
  readonly providers: readonly Provider[];
  /** The version of the package, or the day it was downloaded, YYYY-MM-DD. */
  readonly version: string;
}

/** The list that comes with the package. Nothing is fetched: until somebody replaces it, the package waits for no update. */
export const bundledPriceList: PriceList = { providers: (await waitForUpdate()) ?? [], version: basePricesVersion };
