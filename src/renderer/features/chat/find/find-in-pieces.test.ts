import { describe, expect, it } from 'vitest';
import { findInPieces, type Piece } from './find-in-pieces.ts';

/** What is found, as the text of each piece it lies in. */
function found(pieces: readonly Piece[], pattern: RegExp): string[] {
  return findInPieces(pieces, pattern).map(({ start, end }) =>
    pieces
      .slice(start.piece, end.piece + 1)
      .map(({ text }, index, all) => text.slice(index === 0 ? start.offset : 0, index === all.length - 1 ? end.offset : undefined))
      .join('|'),
  );
}

describe('findInPieces', () => {
  it('finds words whose parts are drawn differently', () => {
    const pieces = ['It is in ', 'good', ' ord', 'er, in order.'].map((text) => ({ text, block: 'p' }));
    expect(found(pieces, /good order/gu)).toEqual(['good| ord|er']);
    expect(found(pieces, /order/gu)).toEqual(['ord|er', 'order']);
  });

  it('finds nothing from one block to the next, in Japanese either', () => {
    const pieces = [
      { text: '契約の更', block: 'first' },
      { text: '新について', block: 'second' },
    ];
    expect(found(pieces, /更新/gu)).toEqual([]);
    expect(found([...pieces, { text: '契約の更新', block: 'third' }], /更新/gu)).toEqual(['更新']);
  });

  it('gives back what was written where the folded text has another length', () => {
    const pieces = ['ﬁne Zéppe\u0301lins ', 'ｶﾞｲﾄﾞ ', 'end'].map((text) => ({ text, block: 'p' }));
    expect(found(pieces, /zeppelins/gu)).toEqual(['Zéppe\u0301lins']);
    expect(found(pieces, /end/gu)).toEqual(['end']);
  });

  it('ends with the piece it ends in, also where an empty one follows', () => {
    const pieces = ['one ', 'two', '', ' three'].map((text) => ({ text, block: 'p' }));
    expect(found(pieces, /two/gu)).toEqual(['two']);
    expect(found([], /two/gu)).toEqual([]);
  });
});
