import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDocumentWriter } from '../../../../tests/stored-document.ts';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { createTermRanking } from './term-ranking.ts';

let temporary: TemporaryDatabase;

beforeEach(() => {
  temporary = openTemporaryDatabase();
});

afterEach(() => temporary[Symbol.dispose]());

/** A document of these passages; returns their row ids. */
function write(id: string, texts: readonly string[]): number[] {
  return createDocumentWriter(temporary.db)(
    id,
    '',
    texts.map((text, index) => ({ text, contentHash: `${id}.${index}` })),
  );
}

/** More passages that hold the word than are scored. */
function writeCommon(id: string, word: string): number[] {
  return write(
    id,
    Array.from({ length: 9_000 }, () => word),
  );
}

/** Passages of nothing that is asked for, so that a common word is not in over a third of all. */
function writeOthers(): void {
  write(
    'others',
    Array.from({ length: 20_000 }, () => 'filler'),
  );
}

it('scores by a common word too, as far as a rarer one is there', () => {
  writeCommon('many', 'common');
  writeOthers();
  const [plain, both] = write('few', ['rare and some more words', 'rare common and more words']);
  const hits = createTermRanking(temporary.db).rank(['"rare"', '"common"'], ['few', 'many'], 2);
  expect(hits.map(({ rowId }) => rowId)).toEqual([both, plain]);
});

it('gives the scores of a search for any of the words', () => {
  writeCommon('many', 'common');
  writeOthers();
  write('few', ['rare', 'rare common', 'rare common common', 'rare rare common']);
  const full = temporary.db.prepare<[], { rowId: number; score: number }>(`
    SELECT rowid AS rowId, -bm25(passage_fts, 3.0, 1.0) AS score FROM passage_fts WHERE passage_fts MATCH 'rare OR common'
    ORDER BY score DESC LIMIT 4`);
  const hits = createTermRanking(temporary.db).rank(['"rare"', '"common"'], ['few'], 4);
  const expected: unknown[] = full.all().map(({ rowId, score }) => ({ rowId, score: expect.closeTo(score, 9) }));
  expect(hits).toEqual(expected);
});

it('still finds what holds the common word alone', () => {
  writeCommon('many', 'common');
  writeOthers();
  const [rare, common] = write('few', ['rare', 'common']);
  const ranking = createTermRanking(temporary.db);
  expect(ranking.rank(['"rare"', '"common"'], ['few'], 5).map(({ rowId }) => rowId)).toEqual([rare, common]);
  expect(ranking.rank(['"common"'], ['few'], 5).map(({ rowId }) => rowId)).toEqual([common]);
});

it('finds nothing for words that are nowhere', () => {
  write('few', ['rare']);
  expect(createTermRanking(temporary.db).rank(['"absent"'], ['few'], 5)).toEqual([]);
  expect(createTermRanking(temporary.db).rank([], ['few'], 5)).toEqual([]);
});
