/** Vectors of one document in brief: one bit a dimension, set where the value is above zero. */
export interface CodedVectors {
  readonly dimensions: number;
  /** `passage.row_id` of each vector. */
  readonly rowIds: Float64Array;
  /** `wordsPerCode(dimensions)` words for each vector, in the order of `rowIds`. */
  readonly codes: Uint32Array;
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

/**
 * Row ids of at least `count` vectors (all of them when there are fewer) whose signs differ least from the query's,
 * in no order; vectors as far away as the last one come along. The angle between two vectors is about proportional to
 * the number of differing signs (Charikar, STOC 2002), so the nearest are among these; which they are, exact vectors tell.
 */
export function nearestBySign(query: Float32Array, sets: readonly CodedVectors[], count: number): number[] {
  const code = signCode(query);
  const comparable = sets.filter(({ dimensions }) => dimensions === query.length);
  const distances = comparable.map((set) => distancesTo(code, set));
  const limit = distanceOfNth(distances, count, query.length);
  const nearest: number[] = [];
  for (const [setIndex, { rowIds }] of comparable.entries()) {
    const own = distances[setIndex] ?? new Uint16Array();
    for (let index = 0; index < rowIds.length; index += 1) {
      if ((own[index] ?? 0) <= limit) nearest.push(rowIds[index] ?? 0);
    }
  }
  return nearest;
}

function distancesTo(code: Uint32Array, { rowIds, codes }: CodedVectors): Uint16Array {
  const words = code.length;
  const distances = new Uint16Array(rowIds.length);
  for (let index = 0, offset = 0; index < distances.length; index += 1, offset += words) {
    let distance = 0;
    for (let word = 0; word < words; word += 1) distance += bitCount((code[word] ?? 0) ^ (codes[offset + word] ?? 0));
    distances[index] = distance;
  }
  return distances;
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
