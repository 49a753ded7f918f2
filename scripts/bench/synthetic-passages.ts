import { seededRandom } from '../../tests/seeded-random.ts';

/** A passage as the benchmarks need it; the same seed always makes the same ones. */
export interface SyntheticPassage {
  readonly text: string;
  /** Unit length. */
  readonly vector: Float32Array;
}

export interface SyntheticQuestion {
  readonly text: string;
  readonly vector: Float32Array;
}

export interface SyntheticSource {
  /** The passages of a document about one topic. */
  nextDocument(passageCount: number): SyntheticPassage[];
  /** Eight words out of a passage, common and rare as they come, and a vector near its own. */
  questionAbout(passage: SyntheticPassage): SyntheticQuestion;
}

const vocabularySize = 60_000;
const topicCount = 100;
const wordsPerTopic = 300;
/** The commonest words belong to no topic. */
const firstTopicWord = 150;
const wordsPerPassage = 150;
const wordsPerQuestion = 8;
const topicShare = 0.35;
/**
 * How far documents lie from the centre of their topic, passages from that of their document, and questions from what they
 * are about: cosines of about 0.5 within a topic, 0.75 within a document and 0.8 to the answer, as text embeddings have them.
 */
const documentNoise = 0.7;
const passageNoise = 0.7;
const questionNoise = 0.75;

/**
 * Passages of English-like statistics: words drawn by Zipf's law, a third of them from the vocabulary of the document's
 * topic, and vectors that lie around a centre of the document, which lies around one of the topic.
 */
export function createSyntheticSource(seed: number, dimensions: number): SyntheticSource {
  const random = seededRandom(seed);
  const vocabulary = Array.from({ length: vocabularySize }, (_, index) => pseudoWord(index));
  const drawWord = createZipfDraw(vocabularySize, random);
  const gaussian = createGaussian(random);
  const topics = Array.from({ length: topicCount }, () => ({
    words: Array.from({ length: wordsPerTopic }, () => firstTopicWord + Math.floor(random() * (vocabularySize - firstTopicWord))),
    centre: near(new Float32Array(dimensions), 1, gaussian),
  }));

  function textAbout(topicWords: readonly number[]): string {
    const words: string[] = [];
    while (words.length < wordsPerPassage) {
      // Squared, so that a topic has its own common words too.
      const rank = random() < topicShare ? (topicWords[Math.floor(random() ** 2 * topicWords.length)] ?? 0) : drawWord();
      words.push(vocabulary[rank] ?? '');
    }
    return `${words.join(' ')}.`;
  }

  return {
    nextDocument(passageCount) {
      const topic = topics[Math.floor(random() * topicCount)];
      if (topic === undefined) throw new RangeError('There is no such topic.');
      const centre = near(topic.centre, documentNoise, gaussian);
      return Array.from({ length: passageCount }, () => ({ text: textAbout(topic.words), vector: near(centre, passageNoise, gaussian) }));
    },
    questionAbout({ text, vector }) {
      const words = text.slice(0, -1).split(' ');
      const asked = Array.from({ length: wordsPerQuestion }, () => words[Math.floor(random() * words.length)]);
      return { text: asked.join(' '), vector: near(vector, questionNoise, gaussian) };
    },
  };
}

/** Words of two to five syllables, a different one for each number. */
function pseudoWord(index: number): string {
  const consonants = 'bdfgklmnprtvz';
  const vowels = 'aeiou';
  let word = '';
  for (let rest = index + 65; rest > 0; rest = Math.floor(rest / 65)) {
    const syllable = rest % 65;
    word += `${consonants[syllable % 13]}${vowels[Math.floor(syllable / 13)]}`;
  }
  return word;
}

/** Ranks from 0, the n-th with a probability proportional to 1 / (n + 2.7). Mandelbrot, 1953. */
function createZipfDraw(size: number, random: () => number): () => number {
  const cumulative = new Float64Array(size);
  let sum = 0;
  for (let rank = 0; rank < size; rank += 1) cumulative[rank] = sum += 1 / (rank + 2.7);
  return () => {
    const target = random() * sum;
    let low = 0;
    let high = size - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cumulative[middle] ?? 0) < target) low = middle + 1;
      else high = middle;
    }
    return low;
  };
}

/** Normal numbers out of a table, read from a random place each time a vector is made: a hundred million are needed. */
function createGaussian(random: () => number): (count: number) => Float32Array {
  const table = new Float32Array(1 << 20);
  for (let index = 0; index < table.length; index += 1) {
    table[index] = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  }
  return (count) => {
    const start = Math.floor(random() * (table.length - count));
    return table.subarray(start, start + count);
  };
}

/** A unit vector beside `centre`; `noise` is about how long what is added is. */
function near(centre: Float32Array, noise: number, gaussian: (count: number) => Float32Array): Float32Array {
  const added = gaussian(centre.length);
  const scale = noise / Math.sqrt(centre.length);
  const vector = new Float32Array(centre.length);
  let square = 0;
  for (let index = 0; index < vector.length; index += 1) {
    const value = (centre[index] ?? 0) + scale * (added[index] ?? 0);
    vector[index] = value;
    square += value * value;
  }
  const length = Math.sqrt(square);
  for (let index = 0; index < vector.length; index += 1) vector[index] = (vector[index] ?? 0) / length;
  return vector;
}
