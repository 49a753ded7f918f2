import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { closeDatabase, openDatabase, type Db } from '../../src/main/core/db/database.ts';
import { fuseRanks } from '../../src/main/core/retrieval/fuse-ranks.ts';
import type { Hit } from '../../src/main/core/retrieval/hit.ts';
import { createKeywordSearch } from '../../src/main/core/retrieval/keyword-search.ts';
import { createPassageReader } from '../../src/main/core/retrieval/passage-reader.ts';
import { createVectorSearch } from '../../src/main/core/retrieval/vector-search.ts';
import type { EvalEmbedder } from './environment-embedder.ts';
import { indexCollection, type IndexedCollection } from './index-collection.ts';
import type { JudgedCollection } from './judged-collection.ts';
import { rankingQuality, type RankingQuality } from './ranking-metrics.ts';

export type Method = 'keyword' | 'vector' | 'hybrid';

/** How well one method ranks, and how long it takes; embedding a question is not counted. */
export interface MethodOutcome extends RankingQuality {
  readonly method: Method;
  readonly p50MsPerQuestion: number;
  readonly p95MsPerQuestion: number;
}

export interface Evaluation {
  readonly documents: number;
  readonly questions: number;
  readonly methods: readonly MethodOutcome[];
  /** What the vectors have cost, in nano-dollars; null where there are none or their price is not known. */
  readonly costNanos: number | null;
}

interface Question {
  readonly text: string;
  readonly vector: Float32Array | null;
}

type Rank = (question: Question) => readonly number[];

/** Deep enough for recall@100. */
const depth = 100;

/**
 * Indexes a collection in a database of its own, asks every question with the code that finds passages, and scores the
 * rankings: by words, and by vectors and both where `createEvalEmbedder` gives something to embed with.
 */
export async function evaluate(
  collection: JudgedCollection,
  createEvalEmbedder: (db: Db) => EvalEmbedder | null = () => null,
): Promise<Evaluation> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-eval-'));
  const db = openDatabase({ dataDir, now: () => 0, newId: () => 'eval' });
  const embedder = createEvalEmbedder(db);
  try {
    const indexed = indexCollection(db, collection.entries);
    const questions: Question[] = [];
    await embedder?.embedCollection(indexed);
    for (const { text } of collection.questions) questions.push({ text, vector: (await embedder?.embedQuestion(text)) ?? null });
    const methods = await rankers(db, indexed, embedder?.vectorSpace ?? null);
    return {
      documents: collection.entries.length,
      questions: questions.length,
      methods: methods.map(([method, rank]) => ({ method, ...measure(rank, questions, collection, indexed) })),
      costNanos: embedder?.costNanos() ?? null,
    };
  } finally {
    await embedder?.close();
    closeDatabase(db);
    rmSync(dataDir, { recursive: true });
  }
}

async function rankers(db: Db, { documentIds }: IndexedCollection, vectorSpace: string | null): Promise<[Method, Rank][]> {
  const keywords = createKeywordSearch(db);
  const passages = createPassageReader(db);
  const byKeyword: Rank = ({ text }) => rowIdsOf(keywords.search(text, documentIds, depth, passages));
  if (vectorSpace === null) return [['keyword', byKeyword]];
  const vectors = createVectorSearch(db);
  await vectors.load(vectorSpace, documentIds, new AbortController().signal);
  const byVector: Rank = ({ vector }) => (vector === null ? [] : rowIdsOf(vectors.search(vectorSpace, vector, documentIds, depth)));
  const byBoth: Rank = (question) => fuseRanks([byKeyword(question), byVector(question)]).map(({ key }) => key);
  return [
    ['keyword', byKeyword],
    ['vector', byVector],
    ['hybrid', byBoth],
  ];
}

function rowIdsOf(hits: readonly Hit[]): number[] {
  return hits.map(({ rowId }) => rowId);
}

function measure(
  rank: Rank,
  questions: readonly Question[],
  collection: JudgedCollection,
  { entries }: IndexedCollection,
): Omit<MethodOutcome, 'method'> {
  const durationsMs: number[] = [];
  const results = collection.questions.map(({ judgements }, index) => {
    const question = questions[index];
    if (question === undefined) throw new RangeError('Each question is asked once.');
    const startedAt = performance.now();
    const rowIds = rank(question);
    durationsMs.push(performance.now() - startedAt);
    return { ranking: rowIds.flatMap((rowId) => entries.get(rowId)?.id ?? []), judgements };
  });
  durationsMs.sort((a, b) => a - b);
  const at = (share: number): number => durationsMs[Math.floor(durationsMs.length * share)] ?? 0;
  return { ...rankingQuality(results), p50MsPerQuestion: at(0.5), p95MsPerQuestion: at(0.95) };
}
