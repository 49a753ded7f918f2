import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { applicationId, databaseFileName, type Db } from '../database.ts';
import { migrations } from '../migrations/index.ts';
import { stagedDir } from './apply-restore.ts';

/*
 * A backup is one SQLite file: the database without secrets, with the documents' files in a table beside it. All of this runs in a
 * thread of its own, since a large database takes its time.
 */

export interface BackupSummary {
  /** Epoch milliseconds. */
  readonly madeAt: number;
  readonly conversationCount: number;
  readonly documentCount: number;
}

/** SQLite's own limit is a gigabyte a value; a document is far below. */
const ownTables = `
  CREATE TABLE backup_info (made_at INTEGER NOT NULL, app_version TEXT NOT NULL) STRICT;
  CREATE TABLE backup_document (content_hash TEXT PRIMARY KEY NOT NULL, bytes BLOB NOT NULL) STRICT;`;
const dropOwnTables = 'DROP TABLE backup_info; DROP TABLE backup_document;';

/**
 * Writes a backup of a data folder to `target`. The copy is made anew from what is there, so that nothing deleted earlier is in it;
 * keys and the proxy's address, which may hold a password, are then overwritten with zeros, too. What is written meanwhile waits for nothing.
 */
export function writeBackup(dataDir: string, target: string, about: { readonly madeAt: number; readonly appVersion: string }): void {
  const source = new Database(path.join(dataDir, databaseFileName), { readonly: true });
  try {
    source.prepare('VACUUM INTO ?').run(target);
  } finally {
    source.close();
  }
  const copy = new Database(target);
  try {
    copy.pragma('journal_mode = MEMORY');
    copy.pragma('secure_delete = ON');
    copy.exec(`DELETE FROM provider_key; DELETE FROM setting WHERE key = 'proxy'; ${ownTables}`);
    copy.prepare('INSERT INTO backup_info (made_at, app_version) VALUES (?, ?)').run(about.madeAt, about.appVersion);
    addDocuments(copy, path.join(dataDir, 'documents'));
  } finally {
    copy.close();
  }
}

function addDocuments(copy: Db, documentsDir: string): void {
  const add = copy.prepare<[string, Buffer]>('INSERT INTO backup_document (content_hash, bytes) VALUES (?, ?)');
  const hashes = copy.prepare<[], string>('SELECT DISTINCT content_hash FROM document').pluck().all();
  for (const hash of hashes) {
    const file = path.join(documentsDir, hash);
    if (/^[0-9a-f]{64}$/u.test(hash) && existsSync(file)) add.run(hash, readFileSync(file));
  }
}

/**
 * Whether a file is a whole backup of this Tally or an older one: its pages, its tables as the migrations make them, and the content
 * of every document. Changes nothing. Throws AppError BACKUP_INVALID or DATABASE_NEWER.
 */
export function checkBackup(file: string): BackupSummary {
  let db: Db | undefined;
  try {
    db = new Database(file, { readonly: true });
    db.pragma('trusted_schema = OFF');
    if (db.pragma('application_id', { simple: true }) !== applicationId) throw invalid();
    const version = Number(db.pragma('user_version', { simple: true }));
    if (version > migrations.length) throw new AppError('DATABASE_NEWER', 'The backup was made by a newer Tally.', { data: { file: '' } });
    if (version < 1 || !hasSchema(db, version)) throw invalid();
    if (db.pragma('integrity_check(1)', { simple: true }) !== 'ok') throw invalid();
    for (const { hash, bytes } of documentsIn(db)) {
      if (createHash('sha256').update(bytes).digest('hex') !== hash) throw invalid();
    }
    return summaryOf(db);
  } catch (error) {
    throw error instanceof Database.SqliteError ? invalid() : error;
  } finally {
    db?.close();
  }
}

function invalid(): AppError {
  return new AppError('BACKUP_INVALID', 'Not a backup, or a damaged one.');
}

function documentsIn(db: Db): IterableIterator<{ hash: string; bytes: Buffer }> {
  return db.prepare<[], { hash: string; bytes: Buffer }>('SELECT content_hash AS hash, bytes FROM backup_document').iterate();
}

function summaryOf(db: Db): BackupSummary {
  const summary = db
    .prepare<[], BackupSummary>(`
    SELECT made_at AS madeAt, (SELECT count(*) FROM conversation WHERE removed_at IS NULL) AS conversationCount,
      (SELECT count(*) FROM document WHERE removed_at IS NULL) AS documentCount FROM backup_info`)
    .get();
  if (summary === undefined) throw invalid();
  return summary;
}

/** A file from elsewhere may bring triggers and views that nobody wrote; ours has what the migrations make, and the two tables above. */
function hasSchema(db: Db, version: number): boolean {
  const expected = new Database(':memory:');
  try {
    for (const migrate of migrations.slice(0, version)) migrate(expected);
    expected.exec(ownTables);
    return JSON.stringify(schemaOf(db)) === JSON.stringify(schemaOf(expected));
  } finally {
    expected.close();
  }
}

function schemaOf(db: Db): unknown[] {
  return db.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name").all();
}

/** Lays out what a checked backup holds so that it can take the place of the present data: see `apply-restore.ts`. */
export function stageBackup(file: string, dataDir: string): void {
  const draft = `${stagedDir(dataDir)}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(path.join(draft, 'documents'), { recursive: true, mode: 0o700 });
  const db = new Database(file);
  try {
    db.pragma('trusted_schema = OFF');
    for (const { hash, bytes } of documentsIn(db)) {
      writeFileSync(path.join(draft, 'documents', hash), bytes, { mode: 0o600, flush: true });
    }
    db.exec(dropOwnTables);
    db.prepare('VACUUM INTO ?').run(path.join(draft, databaseFileName));
  } finally {
    db.close();
  }
  assertDocumentNames(path.join(draft, 'documents'));
  renameSync(draft, stagedDir(dataDir));
}

function assertDocumentNames(dir: string): void {
  if (!readdirSync(dir).every((name) => /^[0-9a-f]{64}$/u.test(name))) throw invalid();
}
