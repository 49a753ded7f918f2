/** What a model costs at one moment, in USD per million tokens. A null rate is not listed. */
export interface Rates {
  readonly inputPerMillion: number;
  /** Null: cached input costs as much as any other. */
  readonly cacheReadPerMillion: number | null;
  /** Null: writing to the cache costs nothing beyond the input itself. */
  readonly cacheWritePerMillion: number | null;
  /** Writes kept for twelve hours; null: not known to differ from other writes. */
  readonly cacheWrite12hPerMillion: number | null;
  /** Null for models without output, such as embeddings. */
  readonly outputPerMillion: number | null;
}

/** Rates from one of the price lists. */
export interface ListedPrice {
  readonly rates: Rates;
  /** The model's own name in the list: a snapshot or alias has that of its model. */
  readonly modelId: string;
  readonly source: string;
  readonly version: string;
}

/** Which model's price, when, and for how long a prompt. */
export interface ModelPriceQuery {
  /** The list's own name of the seller. */
  readonly providerId: string;
  readonly modelId: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** All of the input; null counts as short. */
  readonly inputTokens: number | null;
}

/** Everything a list says about what a model costs at a moment. */
export interface ListedRates {
  readonly rates: Rates;
  /** From so many tokens of input on, the whole request costs this; the shortest first. */
  readonly steps: readonly { readonly fromTokens: number; readonly rates: Rates }[];
  /** USD per million tokens of what is not text. */
  readonly otherRates: readonly {
    readonly of: 'audioInput' | 'audioOutput' | 'imageInput' | 'imageOutput';
    readonly usdPerMillion: number;
  }[];
  /** Cheaper or dearer at some times of the day; these are the rates of the moment. */
  readonly variesByTime: boolean;
  /** The first day at this price, YYYY-MM-DD; null when the list does not say. */
  readonly since: string | null;
  readonly source: string;
  readonly version: string;
}

/** A model of a price list. */
export interface ListedModel {
  readonly sellerId: string;
  readonly sellerName: string;
  readonly modelId: string;
  /** Null when tokens alone do not make its price. */
  readonly price: ListedRates | null;
}

/** The name without the date of a snapshot: `-2026-05-01` or `-20260501`. */
export function withoutSnapshotDate(modelId: string): string {
  return modelId.replace(/-(?:\d{4}-\d{2}-\d{2}|20\d{6})$/, '');
}
