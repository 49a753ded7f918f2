import { expect, it } from 'vitest';
import { createSafeStorageSealer } from './safe-storage.ts';

type Storage = Parameters<typeof createSafeStorageSealer>[0];
type Backend = ReturnType<Storage['getSelectedStorageBackend']>;

/** Seals by turning the text around, which is all that matters here. */
function storage(backend: Backend, isAvailable = true): Storage {
  const reverse = (bytes: Buffer): Buffer => Buffer.from(bytes.toReversed());
  return {
    isAsyncEncryptionAvailable: async () => isAvailable,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (plain) => reverse(Buffer.from(plain)),
    decryptStringAsync: async (sealed) => ({ result: reverse(sealed).toString(), shouldReEncrypt: false }),
  };
}

it.each(['basic_text', 'unknown'] as const)('refuses the backend %s, which is plain text by another name', async (backend) => {
  const sealer = createSafeStorageSealer(storage(backend), 'linux');
  await expect(sealer.backend()).resolves.toBeNull();
  await expect(sealer.seal('p1', 'sk-1')).resolves.toBeNull();
});

it('names the keyring it seals with', async () => {
  await expect(createSafeStorageSealer(storage('gnome_libsecret'), 'linux').backend()).resolves.toBe('gnome_libsecret');
  await expect(createSafeStorageSealer(storage('unknown'), 'darwin').backend()).resolves.toBe('keychain');
  await expect(createSafeStorageSealer(storage('gnome_libsecret', false), 'linux').backend()).resolves.toBeNull();
});

it('opens what it sealed, under its own name only', async () => {
  const sealer = createSafeStorageSealer(storage('kwallet6'), 'linux');
  const sealed = (await sealer.seal('p1', 'sk-1')) ?? Buffer.of();
  await expect(sealer.open('p1', sealed)).resolves.toBe('sk-1');
  await expect(sealer.open('p2', sealed)).resolves.toBeNull();
  await expect(sealer.open('p1', Buffer.from('not ours'))).resolves.toBeNull();
});
