import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Judgements } from './ranking-metrics.ts';

/** A collection of texts, and questions of which people have judged what answers them. */
export interface JudgedCollection {
  readonly entries: readonly CorpusEntry[];
  /** Those that have judgements. */
  readonly questions: readonly JudgedQuestion[];
}

export interface CorpusEntry {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

export interface JudgedQuestion {
  readonly text: string;
  readonly judgements: Judgements;
}

const corpusLine = z.object({ _id: z.string(), title: z.string().default(''), text: z.string() });
const queryLine = z.object({ _id: z.string(), text: z.string() });

/** Reads a collection in BEIR layout: corpus.jsonl, queries.jsonl and qrels.tsv (or qrels/test.tsv). Throws when a file is missing or malformed. */
export async function readCollection(dir: string): Promise<JudgedCollection> {
  const judgements = await readJudgements(dir);
  const entries: CorpusEntry[] = [];
  for await (const line of linesOf(path.join(dir, 'corpus.jsonl'))) {
    const { _id: id, title, text } = corpusLine.parse(JSON.parse(line));
    entries.push({ id, title, text });
  }
  const questions: JudgedQuestion[] = [];
  for await (const line of linesOf(path.join(dir, 'queries.jsonl'))) {
    const { _id: id, text } = queryLine.parse(JSON.parse(line));
    const judged = judgements.get(id);
    if (judged !== undefined) questions.push({ text, judgements: judged });
  }
  return { entries, questions };
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
