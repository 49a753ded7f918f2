import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { closeDatabase, databaseFileName, openDatabase, type Db, type OpenOptions } from './database.ts';

/** An unprivileged user of every Unix. */
const nobody = 65_534;

let dataDir: string;
let file: string;
let clock: number;

beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'tally-database-'));
  file = path.join(dataDir, databaseFileName);
  clock = 1;
});

afterEach(() => {
  chmodSync(dataDir, 0o700);
  rmSync(dataDir, { recursive: true });
});

const createNotes = (db: Db): unknown =>
  db.exec("CREATE TABLE instance (id, created_at); CREATE TABLE note (text); INSERT INTO note VALUES ('kept')");
const addColour = (db: Db): unknown => db.exec('ALTER TABLE note ADD COLUMN colour');
const failing = (db: Db): void => {
  addColour(db);
  throw new Error('half way');
};

function open(migrations?: readonly ((db: Db) => unknown)[]): Db {
  const options: OpenOptions = { dataDir, now: () => (clock += 1), newId: () => 'instance' };
  return openDatabase(migrations === undefined ? options : { ...options, migrations });
}

function create(migrations?: readonly ((db: Db) => unknown)[]): void {
  closeDatabase(open(migrations));
}

function backups(): string[] {
  return readdirSync(dataDir).filter((name) => name.endsWith('.backup'));
}

describe('a database that is ours', () => {
  it('survives every commit: write-ahead log, full synchronisation, foreign keys on', () => {
    create();
    const db = open();
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    closeDatabase(db);
    closeDatabase(db);
  });

  it('lets the full-text triggers run though the schema is not trusted', () => {
    const db = open();
    db.exec(`
      INSERT INTO conversation (id, title, title_by, created_at, updated_at) VALUES ('c', 't', 'text', 1, 1);
      INSERT INTO message (row_id, id, conversation_id, role, text, status, created_at) VALUES (7, 'm', 'c', 'user', 'x', 'done', 1);
      INSERT INTO message_fts (rowid, terms) VALUES (7, 'needle');
      DELETE FROM conversation;`);
    expect(db.prepare("SELECT count(*) FROM message_fts WHERE message_fts MATCH 'needle'").pluck().get()).toBe(0);
    closeDatabase(db);
  });
});

describe('a migration', () => {
  it('is preceded by a copy that holds everything, in the old form', () => {
    create([createNotes]);
    const db = open([createNotes, addColour]);
    expect(db.prepare('SELECT * FROM note').all()).toEqual([{ text: 'kept', colour: null }]);
    closeDatabase(db);
    const [name = ''] = backups();
    expect(backups()).toHaveLength(1);
    const copy = new Database(path.join(dataDir, name), { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(1);
    expect(copy.prepare('SELECT * FROM note').all()).toEqual([{ text: 'kept' }]);
    copy.close();
  });

  it('that fails changes nothing, and the copy stays', () => {
    create([createNotes]);
    expect(() => open([createNotes, failing])).toThrow('half way');
    const db = open([createNotes]);
    expect(db.prepare('SELECT * FROM note').all()).toEqual([{ text: 'kept' }]);
    closeDatabase(db);
    expect(backups()).toHaveLength(1);
  });

  it('keeps the three newest copies', () => {
    create([createNotes]);
    for (let attempt = 0; attempt < 5; attempt += 1) expect(() => open([createNotes, failing])).toThrow('half way');
    const times = backups().map((name) => Number(name.split('.').at(-2)));
    expect(times).toHaveLength(3);
    expect(Math.min(...times)).toBeGreaterThan(clock - 3);
  });

  it('that fails at the very first start leaves no file that would be refused at the next', () => {
    expect(() => open([failing])).toThrow();
    expect(readdirSync(dataDir)).toEqual([]);
    create();
  });

  it('is not run, and no copy made, when there is nothing to do', () => {
    create();
    create();
    expect(backups()).toEqual([]);
  });
});

describe('a file that is refused stays as it is', () => {
  function expectRefusal(code: string, migrations?: readonly ((db: Db) => unknown)[]): void {
    const before = readFileSync(file);
    expect(() => open(migrations)).toThrow(expect.objectContaining({ code }));
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(backups()).toEqual([]);
  }

  it('from a newer Tally', () => {
    create([createNotes, addColour]);
    expectRefusal('DATABASE_NEWER', [createNotes]);
  });

  it('empty, which SQLite would take for a fresh start', () => {
    writeFileSync(file, '');
    expectRefusal('DATABASE_DAMAGED');
  });

  it('not a database', () => {
    writeFileSync(file, 'Dear diary, '.repeat(1_000));
    expectRefusal('DATABASE_DAMAGED');
  });

  it('a database of another program', () => {
    const other = new Database(file);
    other.exec('CREATE TABLE bookmark (url)');
    other.close();
    expectRefusal('DATABASE_DAMAGED');
  });

  it('ours by name, but without its tables', () => {
    create();
    const id: unknown = withRaw((db) => db.pragma('application_id', { simple: true }));
    rmSync(file);
    withRaw((db) => db.exec(`PRAGMA application_id = ${String(id)}; CREATE TABLE other (x)`));
    expectRefusal('DATABASE_DAMAGED');
  });

  it('cut short', () => {
    create();
    writeFileSync(file, readFileSync(file).subarray(0, 3 * 4_096 + 100));
    expectRefusal('DATABASE_DAMAGED');
  });

  function withRaw<T>(work: (db: Db) => T): T {
    const db = new Database(file);
    try {
      return work(db);
    } finally {
      db.close();
    }
  }
});

describe.skipIf(process.platform === 'win32')('a folder that cannot be written to', () => {
  it('is said to be so, with and without a database in it', () => {
    asOrdinaryUser(() => {
      chmodSync(dataDir, 0o500);
      expect(() => open()).toThrow(expect.objectContaining({ code: 'DATA_DIR_READ_ONLY' }));
      chmodSync(dataDir, 0o700);
      create();
      chmodSync(file, 0o400);
      chmodSync(dataDir, 0o500);
      expect(() => open()).toThrow(expect.objectContaining({ code: 'DATA_DIR_READ_ONLY' }));
    });
  });

  /** Root may write anywhere, so a test run by root steps down for a moment. */
  function asOrdinaryUser(work: () => void): void {
    if (process.geteuid?.() !== 0) {
      work();
      return;
    }
    rmSync(dataDir, { recursive: true });
    process.seteuid?.(nobody);
    try {
      dataDir = mkdtempSync(path.join(tmpdir(), 'tally-database-'));
      file = path.join(dataDir, databaseFileName);
      work();
    } finally {
      process.seteuid?.(0);
    }
  }
});
