/** The texts that are being embedded now, by their hash and the vector space. */
export interface TextsUnderway {
  /** Resolves when those of them that are underway have ended, however; null when none is. */
  whenEnded(keys: readonly string[]): Promise<unknown> | null;
  /** Does the work while they count as underway. */
  during<T>(keys: readonly string[], work: () => Promise<T>): Promise<T>;
}

/** Lets documents that are embedded at once leave a text they share to the first of them, so that it is paid for once. */
export function createTextsUnderway(): TextsUnderway {
  const ends = new Map<string, Promise<void>>();
  return {
    whenEnded(keys) {
      const underway = keys.flatMap((key) => ends.get(key) ?? []);
      return underway.length === 0 ? null : Promise.all(underway);
    },
    async during(keys, work) {
      const { promise: ended, resolve: end } = Promise.withResolvers<void>();
      for (const key of keys) ends.set(key, ended);
      try {
        return await work();
      } finally {
        for (const key of keys) ends.delete(key);
        end();
      }
    },
  };
}
