import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { openTemporaryDatabase, type TemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { source as sourceSchema } from '../../../shared/contract/chat.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { databaseFileName } from '../db/database.ts';
import { searchTerms } from '../db/search-terms.ts';
import type { Logger } from '../ports.ts';
import type { MeteredEmbedder } from '../providers/provider-clients.ts';
import { createTextStore } from '../documents/text-store.ts';
import { createRetriever } from './create-retriever.ts';
import type { RetrievalRequest, RetrievalResult, SearchAssistant } from './retrieve.ts';
import { TallyRetriever } from './tally-retriever.ts';

const silent: Logger = { info() {}, warn() {}, error() {} };

let temporary: TemporaryDatabase;

beforeEach(() => {
  temporary = openTemporaryDatabase();
});

afterEach(() => temporary[Symbol.dispose]());

interface DocumentOptions {
  readonly collectionId?: string;
  readonly name?: string;
  readonly status?: string;
  readonly removedAt?: number | null;
  /** Each passage has a page of its own unless they are all on one. */
  readonly onOnePage?: boolean;
  /** Vectors of the passages, in order; shorter than the passages: the rest have none. */
  readonly vectors?: readonly (readonly number[])[];
}

/** A document of these passages, as the indexer would have written it. */
function addDocument(id: string, passages: readonly string[], options: DocumentOptions = {}): void {
  const { db } = temporary;
  const { collectionId = 'c', name = `${id}.txt`, status = 'ready', removedAt = null, vectors = [], onOnePage = false } = options;
  db.prepare('INSERT OR IGNORE INTO collection (id, name, created_at) VALUES (?, ?, 1)').run(collectionId, collectionId);
  db.prepare(`
    INSERT INTO document (id, collection_id, name, media_type, size_bytes, content_hash, status, added_at, removed_at)
    VALUES (?, ?, ?, 'text/plain', 1, ?, ?, 1, ?)`).run(id, collectionId, name, id, status, removedAt);
  createTextStore(db).append(id, { startOffset: 0, text: passages.join(''), pages: [] });
  let start = 0;
  for (const [position, text] of passages.entries()) {
    const { lastInsertRowid } = db
      .prepare(`
      INSERT INTO passage (id, document_id, position, page, heading_path_json, start_offset, end_offset, content_hash, token_count)
      VALUES (?, ?, ?, ?, '["Heading"]', ?, ?, ?, 10)`)
      .run(`${id}.${position}`, id, position, onOnePage ? 1 : position + 1, start, start + text.length, text);
    db.prepare('INSERT INTO passage_fts (rowid, title, terms) VALUES (?, ?, ?)').run(lastInsertRowid, searchTerms(name), searchTerms(text));
    start += text.length;
  }
  for (const [position, vector] of vectors.entries()) addVector(passages[position] ?? '', vector);
}

function addVector(contentHash: string, vector: readonly number[]): void {
  const bytes = new Uint8Array(unit(vector).buffer);
  temporary.db.prepare('INSERT INTO embedding VALUES (?, ?, ?, ?)').run(contentHash, 'p/m', vector.length, bytes);
}

function unit(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => value / length);
}

/** An embedder that gives this vector to every question and remembers what it was asked. */
function embedderOf(vector: readonly number[], asked: string[] = []): MeteredEmbedder {
  return {
    vectorSpace: 'p/m',
    embed(texts) {
      asked.push(...texts);
      return Promise.resolve(texts.map(() => unit(vector)));
    },
  };
}

function request(query: string, overrides: Partial<RetrievalRequest> = {}): RetrievalRequest {
  const attribution = { runId: 'r', conversationId: 'v', messageId: 'm' };
  return { query, collectionIds: ['c'], limit: 8, tokenBudget: 1_000, attribution, signal: new AbortController().signal, ...overrides };
}

function retrieverWith(embedder: () => Promise<MeteredEmbedder | null>, embedTimeoutMs = 10_000) {
  return createRetriever({ db: temporary.db, clients: { embedder }, log: silent, embedTimeoutMs });
}

const wordsOnly = () => Promise.resolve(null);
const idsOf = ({ sources }: RetrievalResult): string[] => sources.map(({ passageId }) => passageId);

describe('by words', () => {
  it('returns the passage with its place, exactly as it stands in the document', async () => {
    addDocument('lease', ['😀 Intro. ', 'The rent may be raised once a year. ', 'Pets are welcome. ']);
    const { sources, notice } = await retrieverWith(wordsOnly).retrieve(request('When can the rent be raised?'));
    expect(notice).toBeNull();
    expect(sources.map((source) => sourceSchema.parse(source))).toEqual([
      {
        ordinal: 1,
        passageId: 'lease.1',
        documentId: 'lease',
        documentName: 'lease.txt',
        page: 2,
        headingPath: ['Heading'],
        startOffset: 10,
        endOffset: 46,
        text: 'The rent may be raised once a year. ',
        keywordRank: 1,
        vectorRank: null,
        score: 1 / 61,
      },
    ]);
  });

  it('gives neighbours on a page as one stretch, and says so in the trace', async () => {
    const texts = ['The rent is due monthly. ', 'Pets are welcome. ', 'Rent is paid by transfer. ', 'Rent may rise once a year. '];
    addDocument('lease', texts, { onOnePage: true });
    const { sources, trace } = await retrieverWith(wordsOnly).retrieve(request('rent'));
    const stretches = sources.map(({ ordinal, startOffset, endOffset, text }) => ({ ordinal, startOffset, endOffset, text }));
    const all = texts.join('');
    const joined = `${texts[2]}${texts[3]}`;
    expect(stretches.toSorted((a, b) => a.startOffset - b.startOffset)).toEqual([
      { ordinal: expect.any(Number), startOffset: 0, endOffset: texts[0]?.length, text: texts[0] },
      { ordinal: expect.any(Number), startOffset: all.indexOf(joined), endOffset: all.length, text: joined },
    ]);
    const ordinalOf = (passageId: string) => trace.passages.find((passage) => passage.passageId === passageId)?.ordinal;
    expect(ordinalOf('lease.2')).toBe(ordinalOf('lease.3'));
    expect(new Set([ordinalOf('lease.0'), ordinalOf('lease.2')])).toEqual(new Set([1, 2]));
    expect(trace.givenTokens).toBe(30);
  });

  it('finds other forms of a word, Japanese inside a sentence, and the document by its name', async () => {
    addDocument('a', ['Raising rents is limited. ', '家賃の値上げは年に一度です。']);
    addDocument('b', ['Nothing of the kind. '], { name: 'insurance policy.pdf' });
    const retriever = retrieverWith(wordsOnly);
    expect(idsOf(await retriever.retrieve(request('rent raises')))).toEqual(['a.0']);
    expect(idsOf(await retriever.retrieve(request('家賃はいつ値上げできますか')))).toEqual(['a.1']);
    expect(idsOf(await retriever.retrieve(request('what does the insurance say?')))).toEqual(['b.0']);
  });

  it('sees only what is in the chosen collections, read and not removed', async () => {
    addDocument('here', ['needle']);
    addDocument('elsewhere', ['needle in it'], { collectionId: 'other' });
    addDocument('removed', ['needle out of it'], { removedAt: 5 });
    addDocument('reading', ['needle so far'], { status: 'reading' });
    addDocument('failed', ['needle too'], { status: 'failed' });
    expect(idsOf(await retrieverWith(wordsOnly).retrieve(request('needle')))).toEqual(['here.0']);
    expect(idsOf(await retrieverWith(wordsOnly).retrieve(request('needle', { collectionIds: [] })))).toEqual([]);
  });

  it('is not crowded out by the better hits of documents outside the collection', async () => {
    const loud = Array.from({ length: 300 }, (_, index) => `needle needle needle ${index} `);
    temporary.db.transaction(() => addDocument('loud', loud, { collectionId: 'other' }))();
    addDocument('quiet', ['a needle in a very long passage about many other things that nobody asked for ']);
    expect(idsOf(await retrieverWith(wordsOnly).retrieve(request('needle')))).toEqual(['quiet.0']);
  });
});

describe('by vectors', () => {
  it('finds a passage that shares no word with the question and puts first what both searches found', async () => {
    addDocument('d', ['rent is due ', 'the sum payable monthly ', 'rent and pets '], {
      vectors: [
        [0.1, 1, 0],
        [1, 0.2, 0],
        [0.9, 0.1, 0],
      ],
    });
    const result = await retrieverWith(async () => embedderOf([1, 0, 0])).retrieve(request('rent'));
    expect(result.notice).toBeNull();
    expect(result.sources.map(({ passageId, keywordRank, vectorRank }) => [passageId, keywordRank, vectorRank])).toEqual([
      ['d.2', 2, 1],
      ['d.0', 1, 3],
      ['d.1', null, 2],
    ]);
  });

  it('ranks as a full comparison does, though it looks at signs first', async () => {
    const random = seededRandom(7);
    const dimensions = 48;
    const vectors = Array.from({ length: 3_000 }, () => Array.from({ length: dimensions }, () => random() - 0.5));
    const question = Array.from({ length: dimensions }, () => random() - 0.5);
    temporary.db.transaction(() =>
      addDocument(
        'd',
        vectors.map((_, index) => `passage ${index} `),
        { vectors },
      ),
    )();
    const result = await retrieverWith(async () => embedderOf(question)).retrieve(request('zzz', { limit: 5 }));
    const cosine = (vector: readonly number[]): number =>
      unit(vector).reduce((sum, value, index) => sum + value * (question[index] ?? 0), 0);
    const best = vectors.map((vector, index) => ({ id: `d.${index}`, cosine: cosine(vector) })).toSorted((a, b) => b.cosine - a.cosine);
    expect(idsOf(result)).toEqual(best.slice(0, 5).map(({ id }) => id));
  });

  it('notices vectors and passages written, and deleted, after the first search', async () => {
    addDocument('d', ['alpha ', 'beta ', 'gamma '], { vectors: [[1, 0.1]] });
    const retriever = retrieverWith(async () => embedderOf([1, 0]));
    expect(idsOf(await retriever.retrieve(request('zzz')))).toEqual(['d.0']);
    addVector('gamma ', [1, 0]);
    expect(idsOf(await retriever.retrieve(request('zzz')))).toEqual(['d.2', 'd.0']);
    addDocument('e', ['delta '], { vectors: [[1, 0.01]] });
    expect(idsOf(await retriever.retrieve(request('zzz')))).toEqual(['d.2', 'e.0', 'd.0']);
    temporary.db.prepare("DELETE FROM document WHERE id = 'd'").run();
    addDocument('f', ['epsilon ', 'zeta '], { vectors: [[1, 0.5]] });
    expect(idsOf(await retriever.retrieve(request('zzz')))).toEqual(['e.0', 'f.0']);
  });

  it('notices what another process writes beside it', async () => {
    addDocument('d', ['alpha ', 'beta '], { vectors: [[1, 0.1]] });
    const retriever = retrieverWith(async () => embedderOf([1, 0]));
    expect(idsOf(await retriever.retrieve(request('zzz')))).toEqual(['d.0']);
    const other = new Database(path.join(temporary.dataDir, databaseFileName));
    other.prepare("INSERT INTO embedding VALUES ('beta ', 'p/m', 2, ?)").run(new Uint8Array(unit([1, 0]).buffer));
    other.close();
    expect(idsOf(await retriever.retrieve(request('zzz')))).toEqual(['d.1', 'd.0']);
  });

  it('loads ahead what is ready, of all collections, and not what is still being embedded', async () => {
    addDocument('here', ['The rent. '], { vectors: [[1, 0]] });
    addDocument('elsewhere', ['Pets. '], { collectionId: 'other', vectors: [[0, 1]] });
    addDocument('embedding', ['Heating. '], { status: 'embedding', vectors: [[1, 1]] });
    const retriever = retrieverWith(() => Promise.resolve(embedderOf([1, 0])));
    const { signal } = new AbortController();
    await retriever.loadAhead('p/m', signal);
    const loaded = temporary.db.prepare<[], string>('SELECT document_id FROM sign_code ORDER BY 1').pluck();
    expect(loaded.all()).toEqual(['elsewhere', 'here']);
    expect(idsOf(await retriever.retrieve(request('unrelated words')))).toEqual(['here.0', 'embedding.0']);
  });

  it('leaves vectors of another length out', async () => {
    addDocument('old', ['alpha '], { vectors: [[1, 0, 0]] });
    addDocument('new', ['beta '], { vectors: [[1, 0]] });
    expect(idsOf(await retrieverWith(async () => embedderOf([1, 0])).retrieve(request('zzz')))).toEqual(['new.0']);
  });

  it('embeds no question when there is nothing to compare it with', async () => {
    addDocument('d', ['alpha ']);
    addDocument('elsewhere', ['beta '], { collectionId: 'other', vectors: [[1, 0]] });
    const asked: string[] = [];
    const retriever = retrieverWith(async () => embedderOf([1, 0], asked));
    await retriever.retrieve(request('alpha'));
    expect(asked).toEqual([]);
    addVector('alpha ', [1, 0]);
    await retriever.retrieve(request('alpha'));
    expect(asked).toEqual(['alpha']);
  });
});

describe('when the question cannot be embedded', () => {
  beforeEach(() => addDocument('d', ['the rent ', 'other '], { vectors: [[1, 0]] }));

  it.each([
    ['the provider refuses', () => Promise.reject(new AppError('KEY_REJECTED')), 'KEY_REJECTED'],
    ['no vector comes back', () => Promise.resolve([]), 'EMPTY_REPLY'],
    ['no answer comes at all', () => new Promise<Float32Array[]>(() => {}), 'PROVIDER_UNAVAILABLE'],
  ])('searches by words and says why: %s', async (_name, embed, code) => {
    const result = await retrieverWith(async () => ({ vectorSpace: 'p/m', embed }), 20).retrieve(request('rent'));
    expect(idsOf(result)).toEqual(['d.0']);
    expect(result.notice).toMatchObject({ code });
  });

  it('says so too when the embedder itself cannot be made', async () => {
    const result = await retrieverWith(() => Promise.reject(new AppError('SECRETS_LOCKED'))).retrieve(request('rent'));
    expect(idsOf(result)).toEqual(['d.0']);
    expect(result.notice).toEqual({ code: 'SECRETS_LOCKED' });
  });

  it('stops when the run is stopped', async () => {
    const stopping = new AbortController();
    const reason = new AppError('CANCELLED');
    const embed = (): Promise<Float32Array[]> => {
      stopping.abort(reason);
      return new Promise(() => {});
    };
    const result = retrieverWith(async () => ({ vectorSpace: 'p/m', embed })).retrieve(request('rent', { signal: stopping.signal }));
    await expect(result).rejects.toBe(reason);
  });
});

describe('with an assistant', () => {
  const assistant: SearchAssistant = { furtherQueries: null, rerank: null };

  it('finds by further queries what the question has no word of, and embeds all of them in one call', async () => {
    addDocument('d', ['the rent is due in May ', 'the tenant pays monthly '], { vectors: [[1, 0], [0, 1]] }); // prettier-ignore
    const asked: string[][] = [];
    const embed = (texts: readonly string[]): Promise<Float32Array[]> => {
      asked.push([...texts]);
      return Promise.resolve(texts.map(() => unit([1, 0])));
    };
    const furtherQueries = (): Promise<string[]> => Promise.resolve(['tenant pays monthly']);
    const result = await retrieverWith(async () => ({ vectorSpace: 'p/m', embed })).retrieve(
      request('rent', { assistant: { ...assistant, furtherQueries } }),
    );
    expect(idsOf(result).toSorted()).toEqual(['d.0', 'd.1']);
    expect(asked).toEqual([['rent', 'tenant pays monthly']]);
    expect(result.trace).toMatchObject({ furtherQueries: ['tenant pays monthly'], isRankedAgain: false, keywordCount: 1 });
    expect(result.trace.steps.map(({ step }) => step)).toContain('further_queries');
  });

  it('puts first what it finds most helpful, and keeps what it says nothing of', async () => {
    addDocument('d', ['rent rent rent rent ', 'rent and deposit ', 'rent of the flat ']);
    const plain = idsOf(await retrieverWith(wordsOnly).retrieve(request('rent')));
    const shown: string[][] = [];
    const rerank = (_query: string, passages: readonly string[]): Promise<number[]> => {
      shown.push([...passages]);
      return Promise.resolve([2]);
    };
    const result = await retrieverWith(wordsOnly).retrieve(request('rent', { assistant: { ...assistant, rerank } }));
    expect(idsOf(result)).toEqual([plain[2], plain[0], plain[1]]);
    expect(shown[0]).toHaveLength(3);
    expect(result.trace).toMatchObject({ isRankedAgain: true, passages: [{ fused: { rank: 3 }, ordinal: 1 }, { fused: { rank: 1 } }, { fused: { rank: 2 } }] }); // prettier-ignore
  });

  it.each([
    ['multi_query', { ...assistant, furtherQueries: () => Promise.reject(new AppError('RATE_LIMITED')) }],
    ['rerank', { ...assistant, rerank: () => Promise.reject(new AppError('RATE_LIMITED')) }],
  ])('searches without it and says so when it fails: %s', async (step, failing) => {
    addDocument('d', ['the rent ', 'another rent ']);
    const result = await retrieverWith(wordsOnly).retrieve(request('rent', { assistant: failing }));
    expect(idsOf(result)).toHaveLength(2);
    expect(result.notice).toEqual({ code: 'RATE_LIMITED', data: { step } });
  });
});

it('is a LangChain retriever whose documents carry their source', async () => {
  addDocument('d', ['the rent ']);
  const notices: string[] = [];
  const { query: _query, ...rest } = request('');
  const retriever = new TallyRetriever({
    retriever: retrieverWith(() => Promise.reject(new AppError('KEY_MISSING'))),
    request: rest,
    onNotice: ({ code }) => notices.push(code),
  });
  const [document] = await retriever.invoke('rent');
  expect(document).toMatchObject({ id: 'd.0', pageContent: 'the rent ', metadata: { ordinal: 1, page: 1, documentName: 'd.txt' } });
  expect(notices).toEqual(['KEY_MISSING']);
});
