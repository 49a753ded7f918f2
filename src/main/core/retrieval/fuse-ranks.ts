/** A thing found by one or more searches. */
export interface Fused<K> {
  readonly key: K;
  /** Sum of 1 / (k + rank) over the searches that found it. */
  readonly score: number;
  /** Its rank in each search, from 1, in the order the searches were given; null where it was not found. */
  readonly ranks: readonly (number | null)[];
}

/** Damps how much the first ranks outweigh the later ones; the value of the paper below, good in most collections. */
const rankConstant = 60;

/**
 * Joins several rankings into one by rank alone, since scores of different searches cannot be compared. Best first;
 * of equal scores the one with the better best rank, then the one found by the earlier search.
 * Reciprocal rank fusion: Cormack, Clarke, Büttcher, SIGIR 2009.
 */
export function fuseRanks<K>(rankings: readonly (readonly K[])[]): Fused<K>[] {
  const ranks = new Map<K, (number | null)[]>();
  for (const [search, ranking] of rankings.entries()) {
    for (const [index, key] of ranking.entries()) {
      const found = ranks.get(key) ?? rankings.map(() => null);
      found[search] ??= index + 1;
      ranks.set(key, found);
    }
  }
  const fused = Array.from(ranks, ([key, found]) => ({ key, score: scoreOf(found), ranks: found, best: bestOf(found) }));
  // The sort is stable, and the map holds what the first search found before what only a later one did.
  fused.sort((a, b) => b.score - a.score || a.best - b.best);
  return fused.map(({ key, score, ranks }) => ({ key, score, ranks }));
}

function scoreOf(ranks: readonly (number | null)[]): number {
  return ranks.reduce<number>((sum, rank) => (rank === null ? sum : sum + 1 / (rankConstant + rank)), 0);
}

function bestOf(ranks: readonly (number | null)[]): number {
  return Math.min(...ranks.map((rank) => rank ?? Infinity));
}
