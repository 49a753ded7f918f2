import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { matchQuery, searchTerms } from './search-terms.ts';

/** A full-text table like those of the schema, holding these texts under row ids 1, 2, … */
function indexOf(texts: readonly string[]): { find(query: string, mode?: 'any' | 'all'): number[] } {
  const db = new Database(':memory:');
  db.exec("CREATE VIRTUAL TABLE t USING fts5 (terms, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2')");
  const insert = db.prepare('INSERT INTO t (rowid, terms) VALUES (?, ?)');
  for (const [index, text] of texts.entries()) insert.run(index + 1, searchTerms(text));
  const select = db.prepare<[string], number>('SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid').pluck();
  return {
    find(query, mode = 'all') {
      const match = matchQuery(query, mode);
      return match === null ? [] : select.all(match);
    },
  };
}

describe('search for all terms', () => {
  it.each([
    ['a word', 'The rent is due in May.', 'rent', true],
    ['the beginning of the last word', 'The landlord agrees.', 'landl', true],
    ['a beginning of one letter', 'The landlord agrees.', 'l', false],
    ['only the last word as a beginning', 'The landlord agrees.', 'landl agrees', false],
    ['terms in any order', 'The landlord agrees.', 'agrees landlord', true],
    ['without accents', 'Café crème', 'cafe creme', true],
    ['decomposed accents', 'cafe\u0301', 'café', true],
    ['full-width letters', 'ＴＡＬＬＹ １２', 'tally 12', true],
    ['words written as one', "It's AS-7342, version 3.5", 'AS-7342 3.5', true],
    ['words written as one, otherwise', 'AS and 7342', 'AS-7342', false],
    ['Japanese inside a sentence', '家賃は年に一度しか値上げできません。', '値上げ', true],
    ['Japanese as it is written, not its pairs', '上げ値と値段', '値上げ', false],
    ['one character at the end of a run', '京都の寺。', '寺', true],
    ['one character inside a run', '京都の寺院を見る', '寺', true],
    ['half-width kana', 'ﾃｨﾀﾉｶﾞｲﾄﾞ', 'ガイド', true],
    ['Japanese broken over two lines', '賃料の改\n定について', '改定', true],
    ['Japanese and Latin mixed', 'SQLiteの全文検索', 'sqlite 全文', true],
    ['Japanese and Latin without a space', 'SQLiteの全文検索', 'SQLiteの全文', true],
    ['Korean inside a word', '문서를 검색합니다', '문서', true],
    ['Thai', 'ฉันกินข้าวทุกวัน', 'กินข้าว', true],
  ])('finds %s', (_name, text, query, isFound) => {
    expect(indexOf(['unrelated', text]).find(query)).toEqual(isFound ? [2] : []);
  });
});

describe('search for any term', () => {
  it('leaves out what every question has', () => {
    expect(matchQuery('When can the landlord raise the rent?', 'any')).toBe('"landlord" OR "raise" OR "rent"');
    expect(matchQuery('家賃はいつですか', 'any')).toBe('"家賃"');
  });

  it('keeps the common words when there are no others', () => {
    expect(indexOf(['to be or not to be']).find('who is to be', 'any')).toEqual([1]);
    expect(indexOf(['それは何ですか']).find('何ですか', 'any')).toEqual([1]);
  });

  it('finds the passage that shares content words with a Japanese question', () => {
    const texts = ['解約の予告は三か月前までに書面で行う。', '家賃は毎月末日までに支払う。', '天気はよい。'];
    expect(indexOf(texts).find('解約するにはいつまでに言えばいいですか', 'any')).toEqual([1]);
  });
});

it('has nothing to search for in signs alone', () => {
  for (const text of ['', ' ', '"', '?!', '* ( ) ^', '😀', '\u0301', '\u0000', '\ud800']) {
    expect(matchQuery(text, 'all')).toBeNull();
    expect(matchQuery(text, 'any')).toBeNull();
  }
});

it('never lets input become query syntax: every text is searchable, and finds itself', () => {
  const pieces = ['"', '""', "'", '*', '^', '(', ')', ':', '-', '+', '{', '}', ' ', '\n', '\t', '\u0000', '\ud83d', '\udc00', '\u0301', 'ﾞ'];
  pieces.push(
    'NEAR(',
    ' AND ',
    ' OR ',
    ' NOT ',
    'terms:',
    'col',
    'é',
    'ß',
    'İ',
    '寺',
    '京都',
    'が',
    'ー',
    '한',
    'กิ',
    'ا',
    '😀',
    '½',
    '3',
    '𠮷',
    'ⅷ',
  );
  const random = seededRandom(20_261_101);
  const pick = (): string => pieces[Math.floor(random() * pieces.length)] ?? '';
  const texts = Array.from({ length: 2_000 }, () => Array.from({ length: 1 + Math.floor(random() * 12) }, pick).join(''));
  const index = indexOf(texts);
  for (const [position, text] of texts.entries()) {
    if (matchQuery(text, 'all') !== null) expect(index.find(text, 'all'), JSON.stringify(text)).toContain(position + 1);
    if (matchQuery(text, 'any') !== null) expect(index.find(text, 'any'), JSON.stringify(text)).toContain(position + 1);
  }
});

it('bounds the query made from a very long text', () => {
  const letter = Array.from({ length: 50_000 }, (_, index) => `word${index}`).join(' ');
  expect(indexOf([letter]).find(letter, 'any')).toEqual([1]);
  expect(indexOf([letter]).find(letter, 'all')).toEqual([1]);
  expect(indexOf(['長'.repeat(50_000)]).find('長'.repeat(50_000), 'all')).toEqual([1]);
});
