/**
 * Reads things one by one, where asking for many at once is cheaper: ids asked for in the same turn of the event loop
 * become calls of `readMany`, each with at most `maxAtOnce`. What `readMany` leaves out is null.
 */
export function batchReads<Item extends { readonly id: string }>(
  readMany: (ids: string[]) => Promise<readonly Item[]>,
  maxAtOnce: number,
): (id: string) => Promise<Item | null> {
  let waiting = new Map<string, PromiseWithResolvers<Item | null>>();

  async function readGroup(group: readonly (readonly [string, PromiseWithResolvers<Item | null>])[]): Promise<void> {
    try {
      const items = await readMany(group.map(([id]) => id));
      const found = new Map(items.map((item) => [item.id, item]));
      for (const [id, { resolve }] of group) resolve(found.get(id) ?? null);
    } catch (error) {
      for (const [, { reject }] of group) reject(error);
    }
  }

  function flush(): void {
    const all = [...waiting];
    waiting = new Map();
    for (let start = 0; start < all.length; start += maxAtOnce) void readGroup(all.slice(start, start + maxAtOnce));
  }

  return (id) => {
    if (waiting.size === 0) queueMicrotask(flush);
    const asked = waiting.get(id) ?? Promise.withResolvers<Item | null>();
    waiting.set(id, asked);
    return asked.promise;
  };
}
