const defaultDimensions = 256;

/** Embedding of a text as a hashed bag of words (pairs of characters in scripts without spaces), of unit length. */
export function fakeEmbedding(text: string, dimensions: number = defaultDimensions): Float32Array {
  const vector = new Float32Array(dimensions);
  for (const term of termsOf(text)) {
    const hash = fnv1a(term);
    const index = hash % dimensions;
    vector[index] = (vector[index] ?? 0) + (hash & 0x80000000 ? -1 : 1);
  }
  const length = Math.hypot(...vector);
  if (length === 0) vector[0] = 1;
  else for (let index = 0; index < dimensions; index += 1) vector[index] = (vector[index] ?? 0) / length;
  return vector;
}

/** A vector as the API sends it: numbers, or base64 of little-endian float32. */
export function encodeEmbedding(vector: Float32Array, format: string): number[] | string {
  if (format !== 'base64') return Array.from(vector);
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
}

function termsOf(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+|[\p{L}\p{N}]+/gu) ?? [];
  return words.flatMap((word) => {
    if (!/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u.test(word)) return [word];
    const characters = Array.from(word);
    return characters.length === 1 ? characters : characters.slice(1).map((character, index) => `${characters[index]}${character}`);
  });
}

/** 32-bit FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
