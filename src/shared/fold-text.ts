/** A text made comparable, and the way back to where each part of it came from. */
export interface FoldedText {
  /** Lower case, compatibility forms and accents taken away, as the full-text tables compare words. */
  readonly text: string;
  /** Range of the original, [start, end) in UTF-16 code units, that holds this range of `text`. */
  originalRange(start: number, end: number): [number, number];
}

/** A stretch of the folded text. In an even one each code unit has its counterpart; otherwise the whole is one letter. */
interface Stretch {
  readonly foldedStart: number;
  readonly originalStart: number;
  readonly originalEnd: number;
  readonly isEven: boolean;
}

/**
 * What folding leaves at its length (group 1: ASCII, kana, the common ideographs, Hangul syllables), or one letter with
 * its marks: a Korean syllable in parts, a half-width kana with its voicing, anything else.
 */
const pieces =
  /([\t\n\r\u0020-\u007e\u3001\u3002\u3041-\u3096\u30a1-\u30fa\u30fc\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]+(?![\p{M}\uff9e\uff9f]))|[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|[^][\p{M}\uff9e\uff9f]*/gu;

/** Scripts whose marks and parts make another letter (か, が), not an accented one. */
const composed = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

/** Folds a text for comparison, keeping track of offsets. */
export function foldText(original: string): FoldedText {
  const stretches: Stretch[] = [];
  let text = '';
  for (const match of original.matchAll(pieces)) {
    const [piece, even] = match;
    const folded = even === undefined ? foldLetter(piece) : even.toLowerCase();
    const { index: originalStart } = match;
    stretches.push({
      foldedStart: text.length,
      originalStart,
      originalEnd: originalStart + piece.length,
      isEven: folded.length === piece.length && (even !== undefined || piece.length === 1),
    });
    text += folded;
  }
  return {
    text,
    originalRange(start, end) {
      const first = stretchAt(stretches, start);
      const last = stretchAt(stretches, Math.max(start, end - 1));
      return [
        first.isEven ? first.originalStart + start - first.foldedStart : first.originalStart,
        last.isEven ? last.originalStart + end - last.foldedStart : last.originalEnd,
      ];
    },
  };
}

function foldLetter(letter: string): string {
  const plain = letter.normalize('NFKC').toLowerCase();
  return (composed.test(plain) ? plain : plain.normalize('NFD')).replace(/\p{M}/gu, '');
}

/** The last stretch that begins at or before this place of the folded text. */
function stretchAt(stretches: readonly Stretch[], foldedIndex: number): Stretch {
  let low = 0;
  let high = stretches.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((stretches[middle]?.foldedStart ?? 0) <= foldedIndex) low = middle;
    else high = middle - 1;
  }
  return stretches[low] ?? { foldedStart: 0, originalStart: 0, originalEnd: 0, isEven: true };
}
