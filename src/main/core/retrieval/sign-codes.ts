/** Vectors of one document in brief: one bit a dimension, set where the value is above zero. */
export interface CodedVectors {
  readonly dimensions: number;
  readonly count: number;
  /** `wordsPerCode(dimensions)` words for each vector. */
  readonly codes: Uint32Array;
}

/** One of the vectors of a set. */
export interface CodedVector<S> {
  readonly set: S;
  readonly index: number;
  /** Signs it does not share with the query. */
  readonly distance: number;
}

const bitsPerWord = 32;

/** 32-bit words a vector's code takes. */
export function wordsPerCode(dimensions: number): number {
  return Math.ceil(dimensions / bitsPerWord);
}

/** The code of a vector. */
export function signCode(vector: Float32Array): Uint32Array {
  const code = new Uint32Array(wordsPerCode(vector.length));
  for (let index = 0; index < vector.length; index += 1) {
    if ((vector[index] ?? 0) > 0) code[index >>> 5] = (code[index >>> 5] ?? 0) | (1 << (index & 31));
  }
  return code;
}

/** Codes are compared by their first half, and this many times the wanted number goes on to the second. */
const survivorsPerResult = 12;

/**
 * At least `count` vectors (all of them when there are fewer) whose signs differ least from the query's, in no order;
 * vectors as far away as the last one come along. The angle between two vectors is about proportional to the number of
 * differing signs (Charikar, STOC 2002), so the nearest are among these; which they are, exact vectors tell.
 */
export function nearestBySign<S extends CodedVectors>(query: Float32Array, sets: readonly S[], count: number): CodedVector<S>[] {
  const code = signCode(query);
  const half = code.length >>> 1;
  const comparable = sets.filter(({ dimensions }) => dimensions === query.length);
  const atHalf = comparable.map((set) => distancesAtHalf(code, half, set));
  const halfLimit = distanceOfNth(atHalf, count * survivorsPerResult, query.length);
  const survivors: CodedVector<S>[] = [];
  for (const [setIndex, set] of comparable.entries()) {
    const distances = atHalf[setIndex] ?? new Uint16Array();
    for (let index = 0; index < distances.length; index += 1) {
      const distance = distances[index] ?? 0;
      if (distance > halfLimit) continue;
      survivors.push({ set, index, distance: distance + distanceBetween(code, set.codes, index, half, code.length) });
    }
  }
  const limit = distanceOfNth([Uint16Array.from(survivors, ({ distance }) => distance)], count, query.length);
  return survivors.filter(({ distance }) => distance <= limit);
}

function distancesAtHalf(code: Uint32Array, half: number, { codes, count }: CodedVectors): Uint16Array {
  const distances = new Uint16Array(count);
  for (let index = 0; index < count; index += 1) distances[index] = distanceBetween(code, codes, index, 0, half);
  return distances;
}

/** Differing signs of the query and the vector at `index`, in the words from `start` to `end`. */
function distanceBetween(code: Uint32Array, codes: Uint32Array, index: number, start: number, end: number): number {
  const offset = index * code.length;
  let distance = 0;
  for (let word = start; word < end; word += 1) distance += bitCount((code[word] ?? 0) ^ (codes[offset + word] ?? 0));
  return distance;
}

/** The smallest distance within which `count` vectors lie: one pass over a histogram instead of a sort. */
function distanceOfNth(distances: readonly Uint16Array[], count: number, largest: number): number {
  const histogram = new Uint32Array(largest + 1);
  for (const own of distances) for (const distance of own) histogram[distance] = (histogram[distance] ?? 0) + 1;
  let within = 0;
  for (let distance = 0; distance <= largest; distance += 1) {
    within += histogram[distance] ?? 0;
    if (within >= count) return distance;
  }
  return largest;
}

/** Set bits of a 32-bit word. Warren, Hacker's Delight, 2nd ed., 5-1. */
function bitCount(word: number): number {
  let bits = (word - ((word >>> 1) & 0x55555555)) | 0;
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
