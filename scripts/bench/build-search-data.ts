import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { getLoadablePath } from 'sqlite-vec';
import { closeDatabase, inTransaction, openDatabase } from '../../src/main/core/db/database.ts';
import { createDocumentWriter } from '../../tests/stored-document.ts';
import { createSyntheticSource, type SyntheticQuestion } from './synthetic-passages.ts';

export interface SearchDataOptions {
  readonly passageCount: number;
  readonly dimensions: number;
  readonly questionCount: number;
}

/** The vector space the passages' vectors are in. */
export const benchSpace = 'bench/vectors';
export const sqliteVecFileName = 'sqlite-vec.db';
const questionsFileName = 'questions.json';
const passagesPerDocument = 50;

/** A question as it lies in the file of questions. */
export interface StoredQuestion {
  readonly text: string;
  readonly vector: readonly number[];
}

/**
 * Writes the same passages into a database of Tally's and their vectors, under the same row ids, into a table of sqlite-vec;
 * and questions about some of them. All in `dir`.
 */
export function buildSearchData(dir: string, { passageCount, dimensions, questionCount }: SearchDataOptions): void {
  const source = createSyntheticSource(1, dimensions);
  const questions: SyntheticQuestion[] = [];
  const db = openDatabase({ dataDir: dir, now: () => 0, newId: () => 'bench' });
  const vec = openSqliteVec(dir);
  vec.exec(`CREATE VIRTUAL TABLE passage USING vec0 (vector float[${dimensions}])`);
  const writeDocument = createDocumentWriter(db);
  const insertVector = db.prepare<[string, string, number, Uint8Array]>(
    'INSERT INTO embedding (content_hash, model, dimensions, vector) VALUES (?, ?, ?, ?)',
  );
  const insertVec = vec.prepare<[bigint, Uint8Array]>('INSERT INTO passage (rowid, vector) VALUES (?, ?)');
  const askEvery = Math.max(1, Math.floor(passageCount / questionCount));
  for (let first = 0; first < passageCount; first += passagesPerDocument) {
    const document = source.nextDocument(passagesPerDocument);
    const hashes = document.map(({ text }) => createHash('sha256').update(text).digest('hex'));
    const passages = document.map(({ text }, index) => ({ text, contentHash: hashes[index] ?? '' }));
    const rowIds = writeDocument(`document-${first}`, `document-${first}.txt`, passages);
    inTransaction(db, () =>
      document.forEach(({ vector }, index) => insertVector.run(hashes[index] ?? '', benchSpace, dimensions, bytesOf(vector))),
    );
    inTransaction(vec, () => document.forEach(({ vector }, index) => insertVec.run(BigInt(rowIds[index] ?? 0), bytesOf(vector))));
    for (const [index, passage] of document.entries()) if ((first + index) % askEvery === 0) questions.push(source.questionAbout(passage));
  }
  closeDatabase(db);
  vec.close();
  const stored = questions.slice(0, questionCount).map(({ text, vector }): StoredQuestion => ({ text, vector: [...vector] }));
  writeFileSync(path.join(dir, questionsFileName), JSON.stringify(stored));
}

/** The file of questions in `dir`. */
export function questionsFileIn(dir: string): string {
  return path.join(dir, questionsFileName);
}

/** Opens the database of sqlite-vec in `dir`, or creates it. */
export function openSqliteVec(dir: string): Database.Database {
  const db = new Database(path.join(dir, sqliteVecFileName));
  db.pragma('journal_mode = WAL');
  db.loadExtension(getLoadablePath());
  return db;
}

/** A vector as SQLite stores it: float32, little-endian, as every processor we run on has it. */
export function bytesOf(vector: Float32Array): Uint8Array {
  return new Uint8Array(vector.buffer, vector.byteOffset, vector.byteLength);
}
