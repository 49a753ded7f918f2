import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SecretBox } from '../../core/ports.ts';
import { createPassphraseBox } from './passphrase-box.ts';
import { openBytes, sealBytes } from './sealed-bytes.ts';
import { createSecretBox, type SystemSealer } from './secret-box.ts';
import { createSecretFile } from './secret-file.ts';

/** Real scrypt, cheap enough for a test. */
const scryptCost = { cost: 2 ** 10, blockSize: 8, parallelization: 1 };
const apiKey = 'sk-live-0123456789';
const systemKey = Buffer.alloc(32, 7);

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(path.join(tmpdir(), 'tally-secrets-'))));
afterEach(() => rmSync(dataDir, { recursive: true }));

function sealer(backend: string | null): SystemSealer {
  return {
    protection: 'os_keyring',
    backend: async () => backend,
    seal: async (name, plain) => sealBytes(systemKey, name, plain),
    open: async (name, sealed) => (backend === null ? null : openBytes(systemKey, name, sealed)),
  };
}

/** Tally started anew on the same folder. */
function start(backend: string | null = null): SecretBox {
  return createSecretBox(
    sealer(backend),
    createPassphraseBox(
      createSecretFile(dataDir, () => 1),
      scryptCost,
    ),
  );
}

function everythingOnDisk(): string {
  return readdirSync(dataDir)
    .map((name) => readFileSync(path.join(dataDir, name), 'latin1'))
    .join('\n');
}

describe('sealing', () => {
  it('keeps nothing where there is neither keyring nor passphrase, and says so', async () => {
    const box = start();
    await expect(box.status()).resolves.toEqual({ protection: 'session', locked: false, canUsePassphrase: true, backend: null });
    await expect(box.seal('p1', apiKey)).resolves.toEqual({ protection: 'session', sealed: null });
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('survives a restart behind a passphrase, which is asked for once', async () => {
    const before = start();
    await before.setPassphrase('correct horse');
    const sealed = await before.seal('p1', apiKey);
    expect(sealed.protection).toBe('passphrase');

    const box = start();
    await expect(box.status()).resolves.toMatchObject({ protection: 'passphrase', locked: true });
    await expect(box.open('p1', sealed)).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    await expect(box.seal('p2', apiKey)).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    await expect(box.setPassphrase('a new one, without the old')).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    await expect(box.unlock('wrong horse')).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' });
    await expect(box.status()).resolves.toMatchObject({ locked: true });
    await box.unlock('correct horse');
    await expect(box.open('p1', sealed)).resolves.toBe(apiKey);
  });

  it('leaves neither the passphrase nor a key readable on disk', async () => {
    const box = start();
    await box.setPassphrase('correct horse');
    const { sealed } = await box.seal('p1', apiKey);
    writeFileSync(path.join(dataDir, 'database'), sealed ?? '');
    expect(everythingOnDisk()).not.toContain('correct horse');
    expect(everythingOnDisk()).not.toContain('0123456789');
    expect(statSync(path.join(dataDir, 'secrets.json')).mode & 0o077).toBe(0);
  });

  it('still opens what was sealed before, after the passphrase was changed', async () => {
    const box = start();
    await box.setPassphrase('the first one');
    const sealed = await box.seal('p1', apiKey);
    await box.setPassphrase('the second one');
    const later = start();
    await expect(later.unlock('the first one')).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' });
    await later.unlock('the second one');
    await expect(later.open('p1', sealed)).resolves.toBe(apiKey);
  });

  it('takes a passphrase however its accents were typed', async () => {
    await start().setPassphrase('cafe\u0301 de nuit');
    await expect(start().unlock('caf\u00e9 de nuit')).resolves.toBeUndefined();
  });

  it('prefers a passphrase over the keyring, and still opens what the keyring sealed', async () => {
    const box = start('test-keyring');
    await expect(box.status()).resolves.toMatchObject({ protection: 'os_keyring', backend: 'test-keyring' });
    const inKeyring = await box.seal('p1', apiKey);
    await box.setPassphrase('correct horse');
    await expect(box.seal('p2', apiKey)).resolves.toMatchObject({ protection: 'passphrase' });
    await expect(box.open('p1', inKeyring)).resolves.toBe(apiKey);
  });

  it('asks for the key again when what sealed it is not here', async () => {
    const sealed = await start('test-keyring').seal('p1', apiKey);
    await expect(start().open('p1', sealed)).rejects.toMatchObject({ code: 'KEY_MISSING' });
    await expect(start().open('p1', { protection: 'electron_safe_storage', sealed: sealed.sealed })).rejects.toMatchObject({
      code: 'KEY_MISSING',
    });
  });

  it('opens no bytes that were changed or belong to another key', async () => {
    const box = start('test-keyring');
    const { protection, sealed } = await box.seal('p1', apiKey);
    const changed = Buffer.from(sealed ?? []);
    changed[changed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    for (const attempt of [
      box.open('p2', { protection, sealed }),
      box.open('p1', { protection, sealed: changed }),
      box.open('p1', { protection, sealed: Buffer.of(1) }),
    ]) {
      await expect(attempt).rejects.toMatchObject({ code: 'KEY_MISSING' });
    }
  });

  it('sets a damaged file aside instead of writing over it', () => {
    writeFileSync(path.join(dataDir, 'secrets.json'), '{"version":1,"passph');
    createSecretFile(dataDir, () => 42).update({ keyringAccount: 'a' });
    expect(readFileSync(path.join(dataDir, 'secrets.json.damaged-42'), 'utf8')).toBe('{"version":1,"passph');
  });
});
