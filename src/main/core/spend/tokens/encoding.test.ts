import { Tiktoken } from 'js-tiktoken/lite';
import cl100kBase from 'js-tiktoken/ranks/cl100k_base';
import o200kBase from 'js-tiktoken/ranks/o200k_base';
import { get_encoding as wasmEncoding } from 'tiktoken';
import { afterAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../../tests/seeded-random.ts';
import { encodingNamed } from './encoding.ts';

const references = { o200k_base: new Tiktoken(o200kBase), cl100k_base: new Tiktoken(cl100kBase) };
const wasmReferences = { o200k_base: wasmEncoding('o200k_base'), cl100k_base: wasmEncoding('cl100k_base') };
const names = ['o200k_base', 'cl100k_base'] as const;

const fragments: readonly string[] = [
  "the |Hello| world|don't|I'LL|ingenting| of|ABCdef|aaaa|zzzzzzzz|qxzj|0|1234567| 3.14",
  '東京|の|カタカナ|ー|漢字仮名交じり文|你好世界|한국어|ไทย|العربية|עברית|हिन्दी|Ελληνικά|Кириллица',
  'é|e\u0301|ﬁ|ß|İ|👩‍👩‍👧|🇯🇵|😀|\u200b|\u202e|\ufeff|\u0000|\ud800|\udc00|𝒜|𠮷',
  ' |  |   |\n|\r\n|\n\n|\t| \n |/|//|!!!|{}|();\n|=>|—|…|。|、',
]
  .flatMap((line) => line.split('|'))
  .concat('<|endoftext|>', '<|im_start|>');

afterAll(() => names.forEach((name) => wasmReferences[name].free()));

function randomText(random: () => number): string {
  const length = 1 + Math.floor(random() * 7);
  return Array.from({ length }, () => fragments[Math.floor(random() * fragments.length)] ?? '').join('');
}

describe.each(names)('%s', (name) => {
  const count = (text: string): number => encodingNamed(name).count(text);

  it('counts 20,000 mixed strings as js-tiktoken and the reference in WebAssembly do', () => {
    const random = seededRandom(name.length);
    const different: string[] = [];
    for (let index = 0; index < 20_000; index += 1) {
      const text = randomText(random);
      const counted = count(text);
      if (counted !== wasmReferences[name].encode_ordinary(text).length) different.push(text);
      // js-tiktoken takes the byte order mark for a space, unlike the reference.
      else if (!text.includes('\ufeff') && counted !== references[name].encode(text, [], []).length) different.push(text);
    }
    expect(different).toEqual([]);
    // A few seconds; on a busy machine many times that.
  }, 120_000);

  it('merges long pieces in the same order', () => {
    const random = seededRandom(7);
    for (const alphabet of ['ab', 'aeinrst', ' ', 'あいう漢字', '=-', 'é\u0301']) {
      const characters = Array.from(alphabet);
      const text = Array.from({ length: 300 }, () => characters[Math.floor(random() * characters.length)]).join('');
      expect(count(text), alphabet).toBe(references[name].encode(text, [], []).length);
    }
  });

  it('finishes texts that have no word breaks', () => {
    // The reference is quadratic here and would take minutes, so it is asked only for the longest token of each run: the
    // whole run is that token again and again, and one shorter one at most.
    for (const [character, longest] of [
      ['a', 8],
      [' ', 128],
    ] as const) {
      expect(references[name].encode(character.repeat(longest), [], [])).toHaveLength(1);
      expect(references[name].encode(character.repeat(2 * longest), [], [])).toHaveLength(2);
      expect(count(character.repeat(100_000)), character).toBe(Math.ceil(100_000 / longest));
    }
    expect(count('漢字'.repeat(50_000))).toBeGreaterThan(50_000);
  });
});

it('counts across the places where a long text is cut as if it were whole', () => {
  const line = 'The quick brown fox, 42 times,\n  jumps over\n\nthe lazy dog.\n';
  const count = (text: string): number => encodingNamed('o200k_base').count(text);
  // Each line begins with a letter after a line break: its tokens are its own, so the sum is exact.
  const repetitions = 60_000;
  expect(count(line.repeat(repetitions))).toBe(count(line) * repetitions);
  expect(count('😀'.repeat(500_001))).toBe(count('😀') * 500_001);
});
