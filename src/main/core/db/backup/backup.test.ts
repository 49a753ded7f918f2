import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTestCore, type TestCore } from '../../../../../tests/core/start-test-core.ts';
import { startFakeOpenAi } from '../../../../../tests/fake-openai/start-fake-openai.ts';
import type { SecretBox } from '../../ports.ts';
import { applyRestore, stagedDir } from './apply-restore.ts';

const sealedKey = 'CIPHERTEXT-of-the-key-0123456789';
/** Seals into something that would be found again. */
const secretBox: SecretBox = {
  status: async () => ({ protection: 'passphrase', locked: false, canUsePassphrase: true, backend: null }),
  seal: async () => ({ protection: 'passphrase', sealed: Buffer.from(sealedKey) }),
  open: async () => 'sk-test-0123456789abcdef',
  remove: async () => undefined,
  setPassphrase: async () => undefined,
  unlock: async () => undefined,
};

let core: TestCore;
beforeEach(async () => {
  core = await startTestCore({ ports: { secretBox } });
});
afterEach(() => core.close());

async function made(): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const { base64 } of core.client.stream('backup.make')) pieces.push(Buffer.from(base64, 'base64'));
  return Buffer.concat(pieces);
}

async function sent(bytes: Buffer): Promise<string> {
  const { fileId } = await core.client.call('imports.begin', { sizeBytes: bytes.length });
  for (let offset = 0; offset < bytes.length; offset += 300_000) {
    await core.client.call('imports.append', { fileId, offset, base64: bytes.subarray(offset, offset + 300_000).toString('base64') });
  }
  return fileId;
}

const titles = async (client = core.client) => (await client.call('conversations.list', {})).conversations.map(({ title }) => title);

/** Restores, and connects again once the core is open anew. */
async function restored(fileId: string): Promise<TestCore['client']> {
  const closed = new Promise<void>((resolve) => core.client.onClose(resolve));
  await core.client.call('backup.restore', { fileId });
  await closed;
  // Until it is open again, it closes whoever connects.
  for (;;) {
    const client = core.connect();
    const isOpen = await client.call('app.info').then(
      () => true,
      () => false,
    );
    if (isOpen) return client;
    await new Promise(setImmediate);
  }
}

test('a backup brings everything back, keeps what it replaces, and holds neither a key nor its ciphertext', async () => {
  const server = await startFakeOpenAi();
  await core.client.call('settings.update', { titlesByModel: false, proxy: { mode: 'manual', url: 'http://me:pass-word-77@127.0.0.1:1' } });
  await core.client.call('settings.update', { proxy: { mode: 'none' } });
  const model = await core.addModel(server.baseUrl);
  // A key that was replaced leaves its bytes in pages nothing uses any more.
  await core.client.call('providers.setKey', { providerId: model.providerId, key: 'sk-test-0123456789abcdef' });
  const { runId, conversationId } = await core.send('What is a ledger?', model);
  await core.finish(runId);
  const backup = await made();
  const plain = gunzipSync(backup);
  expect(
    readFileSync(path.join(core.dataDir, 'tally.db'), 'latin1') + readFileSync(path.join(core.dataDir, 'tally.db-wal'), 'latin1'),
  ).toContain(sealedKey);
  for (const secret of [sealedKey, 'sk-test-0123456789abcdef', 'pass-word-77']) expect(plain.includes(secret)).toBe(false);

  await core.client.call('conversations.remove', { conversationId });
  const later = await core.send('Something later', model);
  await core.finish(later.runId);
  const fileId = await sent(backup);
  expect(await core.client.call('backup.check', { fileId })).toMatchObject({ conversationCount: 1, documentCount: 0 });
  const client = await restored(fileId);
  expect(await titles(client)).toEqual(['What is a ledger?']);
  expect((await client.call('providers.list')).providers).toMatchObject([{ id: 'demo' }, { name: 'Test', hasKey: false }]);
  const [kept = ''] = readdirSync(path.join(core.dataDir, 'backups'));
  const old = path.join(core.dataDir, 'old.db');
  writeFileSync(old, gunzipSync(readFileSync(path.join(core.dataDir, 'backups', kept))));
  const db = new Database(old, { readonly: true });
  expect(db.prepare('SELECT title FROM conversation WHERE removed_at IS NULL').pluck().all()).toEqual(['Something later']);
  db.close();
  expect(existsSync(stagedDir(core.dataDir))).toBe(false);
  await server.close();
});

describe('a file that is no whole backup is refused, and nothing is lost', () => {
  const changed = (change: (db: Database.Database) => void) => (backup: Buffer) => {
    const file = path.join(core.dataDir, 'changed.db');
    writeFileSync(file, gunzipSync(backup));
    const db = new Database(file);
    change(db);
    db.close();
    return gzipSync(readFileSync(file));
  };
  test.each<[string, (backup: Buffer) => Buffer, string]>([
    ['words', () => Buffer.from('hello'), 'BACKUP_INVALID'],
    ['packed words', () => gzipSync('hello'), 'BACKUP_INVALID'],
    ['cut off', (backup) => backup.subarray(0, -100), 'BACKUP_INVALID'],
    ['a bit changed', (backup) => Buffer.from(backup.map((byte, at) => (at === backup.length >> 1 ? byte ^ 1 : byte))), 'BACKUP_INVALID'],
    ['pages missing', (backup) => gzipSync(gunzipSync(backup).subarray(0, 40_000)), 'BACKUP_INVALID'],
    ['the database of another program', changed((db) => db.pragma('application_id = 7')), 'BACKUP_INVALID'],
    ['of a newer Tally', changed((db) => db.pragma('user_version = 9999')), 'DATABASE_NEWER'],
    ['of no version', changed((db) => db.pragma('user_version = 0')), 'BACKUP_INVALID'],
    [
      'with a trigger of its own',
      changed((db) => db.exec('CREATE TRIGGER x AFTER INSERT ON message BEGIN DELETE FROM message; END')),
      'BACKUP_INVALID',
    ],
    ['with a table missing', changed((db) => db.exec('DROP TABLE draft_image')), 'BACKUP_INVALID'],
    [
      'with a changed document',
      changed((db) => db.exec(`INSERT INTO backup_document VALUES ('${'0'.repeat(64)}', x'00')`)),
      'BACKUP_INVALID',
    ],
  ])('%s', async (_, damage, code) => {
    await core.client.call('library.savePrompt', { id: 'p1', name: 'Kept', text: 'Kept' });
    const fileId = await sent(damage(await made()));
    await expect(core.client.call('backup.check', { fileId })).rejects.toMatchObject({ code });
    await expect(core.client.call('backup.restore', { fileId })).rejects.toMatchObject({ code });
    expect((await core.client.call('library.list')).prompts).toHaveLength(1);
    expect(existsSync(stagedDir(core.dataDir))).toBe(false);
  });
});

test('ended at any step of putting the new data in place, the next start goes on, and old and new are never mixed', () => {
  const names = ['tally.db', 'tally.db-wal', 'tally.db-shm'];
  for (let steps = 0; ; steps += 1) {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-restore-'));
    for (const name of names) writeFileSync(path.join(dataDir, name), 'old');
    mkdirSync(path.join(dataDir, 'documents'));
    writeFileSync(path.join(dataDir, 'documents', 'old'), '');
    mkdirSync(path.join(stagedDir(dataDir), 'documents'), { recursive: true });
    writeFileSync(path.join(stagedDir(dataDir), 'tally.db'), 'new');
    writeFileSync(path.join(stagedDir(dataDir), 'documents', 'new'), '');
    let done = 0;
    const dyingMove = (from: string, to: string): void => {
      if (done === steps) throw new Error('killed');
      done += 1;
      renameSync(from, to);
    };
    let wasKilled = false;
    try {
      applyRestore(dataDir, dyingMove);
    } catch {
      wasKilled = true;
    }
    applyRestore(dataDir);
    expect(readFileSync(path.join(dataDir, 'tally.db'), 'utf8')).toBe('new');
    expect(readdirSync(dataDir).toSorted()).toEqual(['documents', 'tally.db']);
    expect(readdirSync(path.join(dataDir, 'documents'))).toEqual(['new']);
    rmSync(dataDir, { recursive: true });
    if (!wasKilled) break;
  }
});
