/** Vectors of one document in brief: one bit a dimension, set where the value is above zero. */
export interface CodedVectors {
  readonly dimensions: number;
  readonly count: number;
  /** `wordsPerCode(dimensions)` words for each vector. */
  readonly codes: Int32Array;
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
export function signCode(vector: Float32Array): Int32Array {
  const code = new Int32Array(wordsPerCode(vector.length));
  for (let index = 0; index < vector.length; index += 1) {
    if ((vector[index] ?? 0) > 0) code[index >>> 5] = (code[index >>> 5] ?? 0) | (1 << (index & 31));
  }
  return code;
}

/** Codes are compared by their first words (512 signs), and this many times the wanted number goes on to the others. */
const headWords = 16;
const survivorsPerResult = 16;

/**
 * At least `count` vectors (all of them when there are fewer) whose signs differ least from the query's, in no order;
 * vectors as far away as the last one come along. The angle between two vectors is about proportional to the number of
 * differing signs (Charikar, STOC 2002), so the nearest are among these; which they are, exact vectors tell.
 */
export function nearestBySign<S extends CodedVectors>(query: Float32Array, sets: readonly S[], count: number): CodedVector<S>[] {
  const code = signCode(query);
  const head = Math.min(headWords, code.length);
  const comparable = sets.filter(({ dimensions }) => dimensions === query.length);
  const distances = new Uint16Array(comparable.reduce((sum, set) => sum + set.count, 0));
  let start = 0;
  for (const set of comparable) start = writeDistances(code, head, set, distances, start);
  const headLimit = distanceOfNth(distances, count * survivorsPerResult, query.length);
  const survivors: CodedVector<S>[] = [];
  start = 0;
  for (const set of comparable) {
    for (let index = 0; index < set.count; index += 1) {
      const distance = distances[start + index] ?? 0;
      if (distance > headLimit) continue;
      survivors.push({ set, index, distance: distance + distanceBetween(code, set.codes, index, head, code.length) });
    }
    start += set.count;
  }
  const limit = distanceOfNth(
    Uint16Array.from(survivors, ({ distance }) => distance),
    count,
    query.length,
  );
  return survivors.filter(({ distance }) => distance <= limit);
}

/** Writes how far each vector of a set is by its first `head` words, from `start` on; returns where the next set's begin. */
function writeDistances(code: Int32Array, head: number, { codes, count }: CodedVectors, distances: Uint16Array, start: number): number {
  for (let index = 0; index < count; index += 1) distances[start + index] = distanceBetween(code, codes, index, 0, head);
  return start + count;
}

/** Differing signs of the query and the vector at `index`, in the words from `start` to `end`. */
function distanceBetween(code: Int32Array, codes: Int32Array, index: number, start: number, end: number): number {
  const offset = index * code.length;
  let distance = 0;
  let word = start;
  for (; word + 1 < end; word += 2) {
    const first = (code[word] ?? 0) ^ (codes[offset + word] ?? 0);
    const second = (code[word + 1] ?? 0) ^ (codes[offset + word + 1] ?? 0);
    distance += bitCountOfTwo(first, second);
  }
  return word < end ? distance + bitCountOfTwo((code[word] ?? 0) ^ (codes[offset + word] ?? 0), 0) : distance;
}

/** The smallest distance within which `count` vectors lie: one pass over a histogram instead of a sort. */
function distanceOfNth(distances: Uint16Array, count: number, largest: number): number {
  const histogram = new Uint32Array(largest + 1);
  for (const distance of distances) histogram[distance] = (histogram[distance] ?? 0) + 1;
  let within = 0;
  for (let distance = 0; distance <= largest; distance += 1) {
    within += histogram[distance] ?? 0;
    if (within >= count) return distance;
  }
  return largest;
}

/** Set bits of two 32-bit words, counted in fours and added before the bytes are. Warren, Hacker's Delight, 2nd ed., 5-1. */
function bitCountOfTwo(first: number, second: number): number {
  const fours = bitsInFours(first) + bitsInFours(second);
  return Math.imul((fours & 0x0f0f0f0f) + ((fours >>> 4) & 0x0f0f0f0f), 0x01010101) >>> 24;
}

/** The set bits of each four bits of a word, in their place. */
function bitsInFours(word: number): number {
  const pairs = (word - ((word >>> 1) & 0x55555555)) | 0;
  return (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
}
