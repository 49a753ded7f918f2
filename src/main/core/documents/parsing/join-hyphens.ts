/** A word cut by the end of its line, up to the white space after it. Beginning only where a word does keeps the search linear. */
const cutWord = /(?<!\p{L})(\p{L}+)([-\u00ad\u2010])\n[ \t]*(\p{Ll}+)(\S*)[ \t]*/gu;
const compound = /(?<![\p{L}-])\p{L}+[-\u2010]\p{L}+/gu;

/** Words that are written with a hyphen somewhere within a line of these texts, in small letters. */
export function hyphenatedWords(texts: readonly string[]): ReadonlySet<string> {
  return new Set(texts.flatMap((text) => [...text.matchAll(compound)].map(([word]) => plainHyphen(word))));
}

/**
 * Makes whole the words that line ends have cut, and lets the line end after them. Words in `hyphenated` keep their hyphen.
 */
export function joinHyphens(text: string, hyphenated: ReadonlySet<string>): string {
  return text.replaceAll(cutWord, (_, start: string, hyphen: string, end: string, rest: string) => {
    const isCompound = hyphen !== '\u00ad' && hyphenated.has(plainHyphen(`${start}-${end}`));
    return `${start}${isCompound ? '-' : ''}${end}${rest}\n`;
  });
}

function plainHyphen(word: string): string {
  return word.replace('\u2010', '-').toLowerCase();
}
