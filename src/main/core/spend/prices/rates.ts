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

/** The name without the date of a snapshot: `-2026-05-01` or `-20260501`. */
export function withoutSnapshotDate(modelId: string): string {
  return modelId.replace(/-(?:\d{4}-\d{2}-\d{2}|20\d{6})$/, '');
}
