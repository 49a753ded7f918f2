import { readFileSync } from 'node:fs';
import { closeDatabase, openDatabase, type Db } from '../../src/main/core/db/database.ts';
import { createRetriever } from '../../src/main/core/retrieval/create-retriever.ts';
import { createPassageReader } from '../../src/main/core/retrieval/passage-reader.ts';
import { createVectorSearch } from '../../src/main/core/retrieval/vector-search.ts';
import { benchSpace, bytesOf, openSqliteVec, questionsFileIn, type StoredQuestion } from './build-search-data.ts';
import { watchLoop, type LoopStalls } from './loop-stalls.ts';

/** What one engine did with all questions. Times of a question each; its first is told apart, for what it has to load. */
export interface EngineTiming {
  /** What it loaded before anybody asked; null where it does nothing of the kind. */
  readonly ahead: LoadedAhead | null;
  readonly firstMs: number;
  readonly wallMs: readonly number[];
  /** Processor time of the thread that searched: what the wall clock would say on a machine that does nothing else. */
  readonly cpuMs: readonly number[];
  /** Resident memory at the end, in bytes. */
  readonly residentBytes: number;
  /** Row ids of the ten passages found for each question, where the engine compares vectors. */
  readonly nearest: readonly (readonly number[])[];
}

/** How long loading ahead took, and the longest it kept other work waiting. */
interface LoadedAhead {
  readonly wallMs: number;
  readonly stalls: LoopStalls;
}

interface Question {
  readonly text: string;
  readonly vector: Float32Array;
}

interface Engine {
  readonly loadAhead?: () => Promise<void>;
  readonly ask: (question: Question) => unknown;
  /** The ten nearest passages, not timed. */
  readonly nearest?: (question: Question) => Promise<number[]>;
  readonly close: () => void;
}

const limit = 8;
const tokenBudget = 4_000;

const engines: Readonly<Record<string, (dir: string) => Engine>> = { tally: tallyEngine, 'sqlite-vec': sqliteVecEngine, fts5: fts5Engine };

if (import.meta.main) await main();

/** Run as a process of its own, for the sake of its memory: arguments are the folder and the engine, output a line of JSON. */
async function main(): Promise<void> {
  const [dir = '', name = ''] = process.argv.slice(2);
  const engine = engines[name]?.(dir);
  if (engine === undefined) throw new Error(`There is no engine ${name}.`);
  // Written by buildSearchData.
  const stored = JSON.parse(readFileSync(questionsFileIn(dir), 'utf8')) as readonly StoredQuestion[];
  const questions = stored.map(({ text, vector }): Question => ({ text, vector: Float32Array.from(vector) }));
  const [first, ...others] = questions;
  if (first === undefined) throw new Error('There are no questions.');
  const ahead = engine.loadAhead === undefined ? null : await timeAhead(engine.loadAhead);
  const startedAt = performance.now();
  await engine.ask(first);
  const firstMs = performance.now() - startedAt;
  const wallMs: number[] = [];
  const cpuMs: number[] = [];
  for (const question of others) {
    const wall = performance.now();
    const cpu = process.threadCpuUsage();
    await engine.ask(question);
    const { user, system } = process.threadCpuUsage(cpu);
    wallMs.push(performance.now() - wall);
    cpuMs.push((user + system) / 1_000);
  }
  const residentBytes = process.memoryUsage.rss();
  const nearest: (readonly number[])[] = [];
  for (const question of questions) nearest.push((await engine.nearest?.(question)) ?? []);
  engine.close();
  console.log(JSON.stringify({ ahead, firstMs, wallMs, cpuMs, residentBytes, nearest } satisfies EngineTiming));
}

async function timeAhead(loadAhead: () => Promise<void>): Promise<LoadedAhead> {
  const loop = watchLoop();
  const startedAt = performance.now();
  await loadAhead();
  return { wallMs: performance.now() - startedAt, stalls: loop.stop() };
}

function openBenchDatabase(dir: string): Db {
  return openDatabase({ dataDir: dir, now: () => 0, newId: () => 'bench' });
}

/** The whole search as a question of a person goes through it, but for the provider that makes the question's vector. */
function tallyEngine(dir: string): Engine {
  const db = openBenchDatabase(dir);
  let asked = new Float32Array();
  const embedder = { vectorSpace: benchSpace, embed: () => Promise.resolve([asked]) };
  const retriever = createRetriever({
    db,
    clients: { embedder: () => Promise.resolve(embedder) },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  const { signal } = new AbortController();
  const attribution = { runId: 'bench', conversationId: null, messageId: null };
  const documentIds = createPassageReader(db).searchableDocuments({ documentIds: [], collectionIds: ['stored'] });
  const vectors = createVectorSearch(db);
  return {
    loadAhead: () => retriever.loadAhead(benchSpace, signal),
    async ask({ text, vector }) {
      asked = new Float32Array(vector);
      const { sources, notice } = await retriever.retrieve({
        query: text,
        collectionIds: ['stored'],
        limit,
        tokenBudget,
        attribution,
        signal,
      });
      if (notice !== null || sources.length === 0) throw new Error('The search went wrong.');
    },
    async nearest({ vector }) {
      await vectors.load(benchSpace, documentIds, signal);
      return vectors.search(benchSpace, vector, documentIds, 10).map(({ rowId }) => rowId);
    },
    close: () => closeDatabase(db),
  };
}

function sqliteVecEngine(dir: string): Engine {
  const db = openSqliteVec(dir);
  const nearest = db.prepare<[Uint8Array], number>('SELECT rowid FROM passage WHERE vector MATCH ? AND k = 10 ORDER BY distance').pluck();
  const ask = ({ vector }: Question): number[] => nearest.all(bytesOf(vector));
  return { ask, nearest: async (question) => ask(question), close: () => db.close() };
}

/** Full-text search as it is written first: every word of the question, joined by OR, ranked. */
function fts5Engine(dir: string): Engine {
  const db = openBenchDatabase(dir);
  const best = db.prepare<[string], number>('SELECT rowid FROM passage_fts WHERE passage_fts MATCH ? ORDER BY rank LIMIT 50').pluck();
  return {
    ask: ({ text }) => best.all(text.replaceAll(/\w+/g, '"$&"').replaceAll(' ', ' OR ')),
    close: () => closeDatabase(db),
  };
}
