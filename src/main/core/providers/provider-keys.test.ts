import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { inTransaction } from '../db/database.ts';
import { createMemorySecretBox, createTemporaryProviders, type TemporaryProviders } from './testing/temporary-providers.ts';

const key = 'sk-test-2718281828459045';
const context = { signal: new AbortController().signal };
let secretBox: ReturnType<typeof createMemorySecretBox>;
let parts: TemporaryProviders;

beforeEach(() => {
  secretBox = createMemorySecretBox();
  parts = createTemporaryProviders({ secretBox });
});

afterEach(() => parts.close());

/** Nobody listens on port 9 here; adding does not need an answer. */
const unreachable = { preset: 'vllm', name: 'Nobody', baseUrl: 'http://127.0.0.1:9/v1' } as const;

it('keeps a key that cannot be sealed for the session only', async () => {
  const provider = await parts.service.add({ ...unreachable, key }, context);
  expect(provider).toMatchObject({ hasKey: true, keyProtection: 'session', needsKey: true });
  expect(await parts.keys.read(provider.id)).toBe(key);
  expect(parts.db.prepare('SELECT count(*) FROM provider_key').pluck().get()).toBe(0);
});

it('seals the keys of the session once a passphrase is set, and again under the next one', async () => {
  const provider = await parts.service.add({ ...unreachable, key }, context);
  await parts.service.setPassphrase({ passphrase: 'first passphrase' });
  expect(parts.service.list().providers.find(({ id }) => id === provider.id)?.keyProtection).toBe('passphrase');
  await parts.service.setPassphrase({ passphrase: 'second passphrase' });
  expect(await parts.keys.read(provider.id)).toBe(key);
});

it('refuses another passphrase while keys sealed with the old one cannot be read, and loses none', async () => {
  const provider = await parts.service.add({ ...unreachable, key }, context);
  await parts.service.setPassphrase({ passphrase: 'first passphrase' });
  secretBox.lock();
  await expect(parts.service.setPassphrase({ passphrase: 'second passphrase' })).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
  await expect(parts.keys.read(provider.id)).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
  await expect(parts.service.unlock({ passphrase: 'wrong passphrase' })).rejects.toMatchObject({ code: 'WRONG_PASSPHRASE' });
  await parts.service.unlock({ passphrase: 'first passphrase' });
  expect(await parts.keys.read(provider.id)).toBe(key);
});

it('says that a key is missing when it cannot be opened any more', async () => {
  const provider = await parts.service.add({ ...unreachable, key }, context);
  await parts.service.setPassphrase({ passphrase: 'first passphrase' });
  parts.db.prepare('UPDATE provider_key SET sealed = ?').run(new Uint8Array([1, 2, 3]));
  await expect(parts.keys.read(provider.id)).rejects.toMatchObject({ code: 'KEY_MISSING' });
});

it('leaves no trace of a key on disk, in the log or in what the page gets', async () => {
  const provider = await parts.service.add({ ...unreachable, key }, context);
  await parts.service.setPassphrase({ passphrase: 'first passphrase' });
  const answers = [await parts.service.setKey({ providerId: provider.id, key }), parts.service.list(), await parts.service.keysStatus()];
  await parts.service.test({ providerId: provider.id }, context);
  await parts.service.clearKey({ providerId: provider.id });
  expect(await parts.keys.read(provider.id)).toBeNull();
  const files = readdirSync(parts.dataDir).map((name) => readFileSync(path.join(parts.dataDir, name), 'latin1'));
  const everything = [...files, ...parts.logged, JSON.stringify(answers), JSON.stringify(parts.events)].join('\n');
  expect(everything).not.toContain(key.slice(8));
});

it('stores nothing when the transaction the key belongs to fails', async () => {
  await parts.service.setPassphrase({ passphrase: 'first passphrase' });
  const pending = await parts.keys.seal('gone', key);
  expect(() => inTransaction(parts.db, () => pending.keep())).toThrow(/FOREIGN KEY/);
  expect(parts.keys.protectionOf('gone')).toBe('none');
});
