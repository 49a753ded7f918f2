import { accessSync, constants, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { AppError } from '../../../shared/rpc/errors.ts';
import { migrations as ownMigrations } from './migrations/index.ts';

/** "Taly" in ASCII; says whose file it is. https://sqlite.org/pragma.html#pragma_application_id */
export const applicationId = 0x54616c79;
/** How long a second process may hold the write lock before we give up. */
const busyTimeoutMs = 5_000;
const keptBackups = 3;

export type Db = Database.Database;

export interface OpenOptions {
  readonly dataDir: string;
  readonly now: () => number;
  readonly newId: () => string;
  /** In order; the n-th brings `user_version` to n. This build's own unless given. */
  readonly migrations?: readonly ((db: Db) => void)[];
}

/** File name of the database inside the data folder. */
export const databaseFileName = 'tally.db';

/**
 * Opens (or creates) the database and brings it to this build's schema.
 * Throws AppError DATA_DIR_READ_ONLY, DATABASE_NEWER, DATABASE_DAMAGED or DISK_FULL; nothing on disk is changed then.
 */
export function openDatabase(options: OpenOptions): Db {
  const file = path.join(options.dataDir, databaseFileName);
  assertWritable(options.dataDir, file);
  const isNew = !existsSync(file);
  if (!isNew && statSync(file).size === 0) {
    throw new AppError('DATABASE_DAMAGED', 'The database file is empty.', { data: { file } });
  }
  const migrations = options.migrations ?? ownMigrations;
  let db: Db | undefined;
  try {
    db = new Database(file, { timeout: busyTimeoutMs });
    // First: switching to WAL rewrites the header, and a file that is refused stays as it is.
    assertOurs(db, { isNew, file, newestVersion: migrations.length });
    setPragmas(db);
    migrate(db, options, migrations);
    return db;
  } catch (error) {
    db?.close();
    if (isNew && !(error instanceof AppError && error.code === 'DATABASE_NEWER')) removeNewFile(file);
    throw toStorageError(error, file);
  }
}

/** Runs `work` in one BEGIN IMMEDIATE transaction, so a read never has to be upgraded to a write half way. */
export function inTransaction<T>(db: Db, work: () => T): T {
  return db.transaction(work).immediate();
}

/**
 * The same for what can be done again from what is stored, such as reading a file: does not wait for the disk, so a power cut
 * may undo it (never a part of it, and nothing that was committed with `inTransaction` before). Inside another transaction it is
 * part of that.
 */
export function inRepeatableTransaction<T>(db: Db, work: () => T): T {
  if (db.inTransaction) return work();
  db.pragma('synchronous = NORMAL');
  try {
    return inTransaction(db, work);
  } finally {
    db.pragma('synchronous = FULL');
  }
}

/** Lets SQLite refresh its statistics and folds the log into the file. Idempotent. */
export function closeDatabase(db: Db): void {
  if (!db.open) return;
  db.pragma('optimize');
  db.close();
}

/** The person's sentence for an error of SQLite's; other errors pass through. */
export function toStorageError(error: unknown, file: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const data = { file };
  if (error.code.startsWith('SQLITE_FULL')) return new AppError('DISK_FULL', error.code, { data, cause: error });
  if (error.code.startsWith('SQLITE_READONLY') || error.code.startsWith('SQLITE_CANTOPEN')) {
    return new AppError('DATA_DIR_READ_ONLY', error.code, { data, cause: error });
  }
  if (error.code.startsWith('SQLITE_NOTADB') || error.code.startsWith('SQLITE_CORRUPT')) {
    return new AppError('DATABASE_DAMAGED', error.code, { data, cause: error });
  }
  return error;
}

function assertWritable(dataDir: string, file: string): void {
  try {
    accessSync(dataDir, constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.W_OK);
  } catch (error) {
    throw new AppError('DATA_DIR_READ_ONLY', 'The data folder cannot be written to.', { data: { file: dataDir }, cause: error });
  }
}

function setPragmas(db: Db): void {
  db.pragma('journal_mode = WAL');
  // better-sqlite3 makes NORMAL the default under WAL, which may drop the last commits on power loss.
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  // Functions and virtual tables named by a tampered file's schema must not run.
  db.pragma('trusted_schema = OFF');
  // In KiB. A search of 100,000 passages reads some 30 MB of the full-text index, over and over; the default is half of that.
  db.pragma('cache_size = -65536');
  db.pragma('journal_size_limit = 67108864');
}

function assertOurs(db: Db, { isNew, file, newestVersion }: { isNew: boolean; file: string; newestVersion: number }): void {
  if (isNew) {
    db.pragma(`application_id = ${applicationId}`);
    return;
  }
  const isOurs = db.pragma('application_id', { simple: true }) === applicationId;
  if (!isOurs) throw new AppError('DATABASE_DAMAGED', 'The file is not a database of Tally.', { data: { file } });
  if (schemaVersion(db) > newestVersion) {
    throw new AppError('DATABASE_NEWER', 'The database was written by a newer Tally.', { data: { file } });
  }
  const instance = db.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'instance'").pluck().get();
  if (schemaVersion(db) === 0 || instance === 0) {
    throw new AppError('DATABASE_DAMAGED', 'The database has lost its contents.', { data: { file } });
  }
}

function schemaVersion(db: Db): number {
  const version: unknown = db.pragma('user_version', { simple: true });
  return typeof version === 'number' ? version : 0;
}

function migrate(db: Db, options: OpenOptions, migrations: readonly ((db: Db) => void)[]): void {
  const from = schemaVersion(db);
  if (from === migrations.length) return;
  if (from > 0) backUp(db, options, from);
  for (let version = from; version < migrations.length; version += 1) {
    inTransaction(db, () => {
      migrations[version]?.(db);
      if (version === 0) {
        db.prepare('INSERT INTO instance (id, created_at) VALUES (?, ?)').run(options.newId(), options.now());
      }
      db.pragma(`user_version = ${version + 1}`);
    });
  }
}

/** A verified copy before the schema changes; the oldest beyond `keptBackups` go only after it has passed. */
function backUp(db: Db, options: OpenOptions, version: number): void {
  const prefix = `${databaseFileName}.v`;
  const target = path.join(options.dataDir, `${prefix}${version}.${options.now()}.backup`);
  db.prepare('VACUUM INTO ?').run(target);
  const copy = new Database(target, { readonly: true });
  const verdict: unknown = copy.pragma('quick_check', { simple: true });
  copy.close();
  if (verdict !== 'ok') throw new AppError('DATABASE_DAMAGED', 'The copy made before the update is damaged.', { data: { file: target } });
  const backups = readdirSync(options.dataDir).filter((name) => name.startsWith(prefix) && name.endsWith('.backup'));
  const age = (name: string): number => Number(name.split('.').at(-2));
  backups.sort((a, b) => age(b) - age(a));
  for (const name of backups.slice(keptBackups)) rmSync(path.join(options.dataDir, name));
}

function removeNewFile(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
}
