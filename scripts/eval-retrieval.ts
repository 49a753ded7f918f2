import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { closeDatabase, inTransaction, openDatabase, type Db } from '../src/main/core/db/database.ts';
import { searchTerms } from '../src/main/core/db/search-terms.ts';
import { createKeywordSearch } from '../src/main/core/retrieval/keyword-search.ts';
import { rankingQuality, type RankingQuality } from './ranking-metrics.ts';

const usage = `Usage: npm run eval:retrieval -- DIR [--json]

Ranks a judged collection by words, with the same code that finds passages, and says how good the ranking is.
DIR holds the collection in BEIR layout: corpus.jsonl, queries.jsonl and qrels.tsv (or qrels/test.tsv).`;

/** Deep enough for recall@100. */
const depth = 100;

const corpusLine = z.object({ _id: z.string(), title: z.string().default(''), text: z.string() });
const queryLine = z.object({ _id: z.string(), text: z.string() });

interface Outcome extends RankingQuality {
  readonly documents: number;
  readonly questions: number;
  readonly p50MsPerQuestion: number;
  readonly p95MsPerQuestion: number;
}

if (import.meta.main) await main();

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  const [dir] = positionals;
  if (values.help || dir === undefined || !existsSync(path.join(dir, 'corpus.jsonl'))) {
    console.error(dir === undefined || values.help ? usage : `No corpus.jsonl in ${dir}.\n\n${usage}`);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const outcome = await evaluate(dir);
  if (values.json) console.log(JSON.stringify({ method: 'keyword', ...outcome }));
  else
    for (const [name, value] of Object.entries(outcome))
      console.log(`${name.padEnd(18)} ${Number.isInteger(value) ? value : value.toFixed(4)}`);
}

/** Indexes the collection in a database of its own, asks every judged question and scores the rankings. */
async function evaluate(dir: string): Promise<Outcome> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-eval-'));
  const db = openDatabase({ dataDir, now: () => 0, newId: () => 'eval' });
  try {
    const ids = await indexCorpus(db, path.join(dir, 'corpus.jsonl'));
    const judgements = await readJudgements(dir);
    const keywords = createKeywordSearch(db);
    const results: Parameters<typeof rankingQuality>[0][number][] = [];
    const durationsMs: number[] = [];
    for await (const line of linesOf(path.join(dir, 'queries.jsonl'))) {
      const query = queryLine.parse(JSON.parse(line));
      const judged = judgements.get(query._id);
      if (judged === undefined) continue;
      const startedAt = performance.now();
      const hits = keywords.search(query.text, ['eval'], depth);
      durationsMs.push(performance.now() - startedAt);
      results.push({ ranking: hits.flatMap(({ rowId }) => ids.get(rowId) ?? []), judgements: judged });
    }
    durationsMs.sort((a, b) => a - b);
    const [p50MsPerQuestion, p95MsPerQuestion] = [0.5, 0.95].map((share) => durationsMs[Math.floor(durationsMs.length * share)] ?? 0);
    const counts = { documents: ids.size, questions: results.length };
    return { ...counts, ...rankingQuality(results), p50MsPerQuestion: p50MsPerQuestion ?? 0, p95MsPerQuestion: p95MsPerQuestion ?? 0 };
  } finally {
    closeDatabase(db);
    rmSync(dataDir, { recursive: true });
  }
}

/** One passage for each document of the collection. Returns their ids by row. */
async function indexCorpus(db: Db, file: string): Promise<Map<number, string>> {
  const documents: z.infer<typeof corpusLine>[] = [];
  for await (const line of linesOf(file)) documents.push(corpusLine.parse(JSON.parse(line)));
  const ids = new Map<number, string>();
  inTransaction(db, () => {
    db.exec(`
      INSERT INTO collection VALUES ('eval', 'eval', 0);
      INSERT INTO document (id, collection_id, name, media_type, size_bytes, content_hash, status, added_at)
      VALUES ('eval', 'eval', 'eval', 'text/plain', 0, '', 'ready', 0);`);
    const insertPassage = db.prepare<[number, string, number]>(`
      INSERT INTO passage (row_id, id, document_id, position, heading_path_json, start_offset, end_offset, content_hash, token_count)
      VALUES (?, ?, 'eval', ?, '[]', 0, 1, '', 0)`);
    const insertTerms = db.prepare<[number, string, string]>('INSERT INTO passage_fts (rowid, title, terms) VALUES (?, ?, ?)');
    for (const [index, { _id, title, text }] of documents.entries()) {
      insertPassage.run(index + 1, _id, index);
      insertTerms.run(index + 1, searchTerms(title), searchTerms(text));
      ids.set(index + 1, _id);
    }
  });
  return ids;
}

async function readJudgements(dir: string): Promise<Map<string, Map<string, number>>> {
  const file = [path.join(dir, 'qrels.tsv'), path.join(dir, 'qrels', 'test.tsv')].find((name) => existsSync(name));
  if (file === undefined) throw new Error(`No qrels.tsv in ${dir}.`);
  const judgements = new Map<string, Map<string, number>>();
  for await (const line of linesOf(file)) {
    const [queryId = '', documentId = '', grade = ''] = line.split('\t');
    if (!/^-?\d+$/.test(grade.trim())) continue;
    const ofQuery = judgements.get(queryId) ?? new Map<string, number>();
    judgements.set(queryId, ofQuery.set(documentId, Number(grade)));
  }
  return judgements;
}

async function* linesOf(file: string): AsyncGenerator<string> {
  for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    if (line.trim() !== '') yield line;
  }
}
