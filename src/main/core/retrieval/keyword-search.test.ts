import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDocumentWriter } from '../../../../tests/stored-document.ts';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { createKeywordSearch } from './keyword-search.ts';
import { createPassageReader } from './passage-reader.ts';

/** Texts that have nothing to do with the question. */
const others = [
  'apples and pears',
  'the tide comes twice a day',
  'a loaf of bread',
  'printers jam',
  'swans winter here',
  'rust never sleeps',
];

let temporary: TemporaryDatabase;
beforeEach(() => {
  temporary = openTemporaryDatabase();
});
afterEach(() => temporary[Symbol.dispose]());

function search(texts: readonly string[], query: string): string[] {
  const { db } = temporary;
  const passages = [...texts, ...Array.from({ length: 10 }, () => others).flat()];
  const rowIds = createDocumentWriter(db)(
    'd',
    '',
    passages.map((text, index) => ({ text, contentHash: String(index) })),
  );
  const hits = createKeywordSearch(db).search(query, ['d'], 3, createPassageReader(db));
  return hits.map(({ rowId }) => passages[rowIds.indexOf(rowId)] ?? '');
}

it('finds a passage that shares no word with the question but several with those that answer it', () => {
  const texts = [
    'kennel rules: a dog wears a collar and a leash',
    'a dog on a leash with its collar is welcome',
    'the collar and leash are returned at the desk',
  ];
  expect(search(texts, 'dog')).toEqual([expect.stringContaining('dog'), expect.stringContaining('dog'), texts[2]]);
});

it('knows other forms of a word of the question for the same word, and adds them no second time', () => {
  const texts = ['raising rents', 'raised rent of the flat', 'the flat is large and the flat is light'];
  expect(search(texts, 'rents raised').slice(0, 2).toSorted()).toEqual(['raised rent of the flat', 'raising rents']);
});
