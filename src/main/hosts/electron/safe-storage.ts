import type { SafeStorage } from 'electron';
import type { SystemSealer } from '../secrets/secret-box.ts';

type Storage = Pick<SafeStorage, 'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'>;

/** `basic_text` seals with a key that is in Chromium's source, `unknown` says nothing: both are as good as plain text. */
const refusedBackends: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

const backendNames: Partial<Record<NodeJS.Platform, string>> = { darwin: 'keychain', win32: 'dpapi' };

/** Seals with Electron's safeStorage. To be used only after the app is ready. */
export function createSafeStorageSealer(storage: Storage, platform: NodeJS.Platform): SystemSealer {
  async function backend(): Promise<string | null> {
    try {
      if (!(await storage.isAsyncEncryptionAvailable())) return null;
      if (platform !== 'linux') return backendNames[platform] ?? 'safe_storage';
      const selected = storage.getSelectedStorageBackend();
      return refusedBackends.has(selected) ? null : selected;
    } catch {
      return null;
    }
  }

  return {
    protection: 'electron_safe_storage',
    backend,
    // The name goes in with the key, so that one key's bytes cannot be passed off as another's.
    async seal(name, plain) {
      if ((await backend()) === null) return null;
      return storage.encryptStringAsync(JSON.stringify([name, plain]));
    },
    async open(name, sealed) {
      if ((await backend()) === null) return null;
      try {
        const { result } = await storage.decryptStringAsync(Buffer.from(sealed));
        const parsed: unknown = JSON.parse(result);
        return Array.isArray(parsed) && parsed[0] === name && typeof parsed[1] === 'string' ? parsed[1] : null;
      } catch {
        return null;
      }
    },
  };
}
