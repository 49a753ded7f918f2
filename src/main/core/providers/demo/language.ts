/** The languages the demo speaks. */
export type DemoLanguage = 'en' | 'ja';

const segmenters = {
  en: { word: new Intl.Segmenter('en', { granularity: 'word' }), sentence: new Intl.Segmenter('en', { granularity: 'sentence' }) },
  ja: { word: new Intl.Segmenter('ja', { granularity: 'word' }), sentence: new Intl.Segmenter('ja', { granularity: 'sentence' }) },
};

const stopWords = new Set(
  `a about an and any are as at be been but by can could did do does for from had has have how i if in into is it its
   may me my no not of on one or our please shall should so some tell than that the their them then there these they this those
   to under was we were what when where which who why will with would you your
   する した して いる ある これ それ あれ この その あの どの どれ どこ いつ なに なぜ どう です ます ください 何 誰 こと もの よう ため`.split(
    /\s+/,
  ),
);

/** Japanese if any of its characters are; anything else is answered in English. */
export function languageOf(text: string): DemoLanguage {
  return /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text) ? 'ja' : 'en';
}

/** The words of a text as they stand, in order, without punctuation. */
export function wordsOf(text: string): readonly string[] {
  const segments = segmenters[languageOf(text)].word.segment(text);
  return [...segments].filter((segment) => segment.isWordLike === true).map((segment) => segment.segment);
}

/** Every piece of a text in order, so that joined they are the text again. */
export function piecesOf(text: string): readonly string[] {
  return [...segmenters[languageOf(text)].word.segment(text)].map((segment) => segment.segment);
}

/** The sentences of a text. A line break inside a sentence, as PDFs have, does not end it. */
export function sentencesOf(text: string): readonly string[] {
  const unwrapped = text.replaceAll(/(?<=[\u3000-\u9fff])[ \t]*\n[ \t]*(?=[\u3000-\u9fff])/g, '').replaceAll(/(?<!\n)\n(?!\n)/g, ' ');
  return [...segmenters[languageOf(text)].sentence.segment(unwrapped)]
    .map((segment) => segment.segment.replaceAll(/\s+/g, ' ').trim())
    .filter((sentence) => sentence !== '');
}

/** What a word is compared by: folded, and in English without its commonest endings. null for words that say nothing. */
export function termOf(word: string): string | null {
  const folded = word.normalize('NFKC').toLowerCase();
  if (stopWords.has(folded)) return null;
  // Particles and endings; content words of Japanese hold a kanji or katakana nearly always.
  if (/^\p{Script=Hiragana}{1,3}$/u.test(folded)) return null;
  if (!/^[a-z]{4,}$/.test(folded)) return folded;
  const stem = folded.replace(/(?:ingly|edly|ing|ies|ied|ed|es|ly|s|e)$/, '');
  return stem.length >= 3 ? stem : folded;
}

/** The terms of a text, each once. */
export function termsOf(text: string): ReadonlySet<string> {
  return new Set(wordsOf(text).flatMap((word) => termOf(word) ?? []));
}
