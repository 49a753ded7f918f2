import { afterEach, beforeEach, expect, it } from 'vitest';
import { createDocumentWriter } from '../../../../tests/stored-document.ts';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { createVectorSearch } from './vector-search.ts';

const space = 'provider/model';
const { signal } = new AbortController();
let temporary: TemporaryDatabase;
/** `passage.row_id` of each passage. */
let rowIds: readonly number[];

beforeEach(() => {
  temporary = openTemporaryDatabase();
  rowIds = createDocumentWriter(temporary.db)('lease', 'lease.txt', [
    { text: 'rent', contentHash: 'rent' },
    { text: 'heating', contentHash: 'heating' },
  ]);
});

afterEach(() => temporary[Symbol.dispose]());

function embed(contentHash: string, vector: readonly [number, number]): void {
  temporary.db
    .prepare(`
    INSERT INTO embedding (content_hash, model, dimensions, vector) VALUES (?, ?, 2, ?)
    ON CONFLICT DO UPDATE SET vector = excluded.vector`)
    .run(contentHash, space, new Uint8Array(Float32Array.from(vector).buffer));
}

const keptCodes = (): number => temporary.db.prepare<[], number>('SELECT count(*) FROM sign_code').pluck().get() ?? 0;

/** What a search right after a start finds, nearest first. */
async function searchAnew(query: readonly [number, number]): Promise<number[]> {
  const search = createVectorSearch(temporary.db);
  await search.load(space, ['lease'], signal);
  return search.search(space, Float32Array.from(query), ['lease'], 10).map(({ rowId }) => rowId);
}

it('keeps the codes of a document for the next start, which finds the same by them', async () => {
  embed('rent', [1, 0]);
  embed('heating', [0, 1]);
  expect(await searchAnew([1, 0])).toEqual(rowIds);
  expect(keptCodes()).toBe(1);
  expect(await searchAnew([0, 1])).toEqual(rowIds.toReversed());
  // A start that finds codes looks at no other: what they leave out is not found.
  temporary.db.prepare('UPDATE sign_code SET row_ids = substr(row_ids, 1, 8), codes = substr(codes, 1, 4)').run();
  expect(await searchAnew([0, 1])).toEqual(rowIds.slice(0, 1));
});

it('sees what was written while two searches load at once', async () => {
  embed('rent', [1, 0]);
  embed('heating', [0, 1]);
  const search = createVectorSearch(temporary.db);
  const loading = search.load(space, ['lease'], signal);
  // The first has read the vectors by now, and the second notices the change before the first has put down what it read.
  embed('heating', [0.8, 0.6]);
  await Promise.all([loading, search.load(space, ['lease'], signal)]);
  embed('rent', [0, 1]);
  await search.load(space, ['lease'], signal);
  const [nearest] = search.search(space, Float32Array.from([0.8, 0.6]), ['lease'], 10);
  expect(nearest?.rowId).toBe(rowIds[1]);
});

it('keeps none of a document that is being embedded, and drops them when a passage or a vector is written', async () => {
  embed('rent', [1, 0]);
  expect(await searchAnew([1, 0])).toEqual(rowIds.slice(0, 1));
  expect(keptCodes()).toBe(0);
  embed('heating', [0, 1]);
  await searchAnew([1, 0]);
  expect(keptCodes()).toBe(1);
  embed('heating', [1, 1]);
  expect(keptCodes()).toBe(0);
  await searchAnew([1, 0]);
  temporary.db.prepare('DELETE FROM passage WHERE row_id = ?').run(rowIds[0]);
  expect(keptCodes()).toBe(0);
  expect(await searchAnew([1, 0])).toEqual(rowIds.slice(1));
});
