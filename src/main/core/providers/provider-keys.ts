import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { Protection, SealedSecret, SecretBox } from '../ports.ts';

/** A key that has been sealed and not yet been kept. */
export interface PendingKey {
  /** Keeps it. Call it inside the transaction that the key belongs to. */
  keep(): void;
}

export interface ProviderKeys {
  /** Where the key lies; `none` when there is no key. */
  protectionOf(providerId: string): Protection | 'none';
  /** Seals a key. Nothing is stored in the database until `keep`. */
  seal(providerId: string, key: string): Promise<PendingKey>;
  /** The key itself; null when none is stored. Throws AppError SECRETS_LOCKED, or KEY_MISSING when it cannot be opened any more. */
  read(providerId: string): Promise<string | null>;
  /** Forgets a key wherever it lies. */
  clear(providerId: string): Promise<void>;
  /**
   * Seals with this passphrase from now on: the keys of this session, and those sealed with the passphrase before.
   * Throws AppError SECRETS_LOCKED while keys are sealed with a passphrase that has not been given.
   */
  setPassphrase(passphrase: string): Promise<void>;
}

interface StoredKey {
  provider_id: string;
  protection: Exclude<Protection, 'session'>;
  sealed: Uint8Array;
}

/**
 * The providers' keys. At rest they are sealed by the host's SecretBox; a key that cannot be sealed lives in memory
 * only. No key is ever written as plain text, logged or handed to the page.
 */
export function createProviderKeys(deps: { readonly db: Db; readonly secretBox: SecretBox }): ProviderKeys {
  const { db, secretBox } = deps;
  const selectOne = db.prepare<[string], StoredKey>('SELECT provider_id, protection, sealed FROM provider_key WHERE provider_id = ?');
  const selectByPassphrase = db.prepare<[], StoredKey>(
    "SELECT provider_id, protection, sealed FROM provider_key WHERE protection = 'passphrase'",
  );
  const upsert = db.prepare<[string, string, Uint8Array]>(
    `INSERT INTO provider_key (provider_id, protection, sealed) VALUES (?, ?, ?)
     ON CONFLICT (provider_id) DO UPDATE SET protection = excluded.protection, sealed = excluded.sealed`,
  );
  const remove = db.prepare<[string]>('DELETE FROM provider_key WHERE provider_id = ?');
  /** Keys that could not be sealed. They end with the process. */
  const sessionKeys = new Map<string, string>();

  function keep(providerId: string, key: string, secret: SealedSecret): void {
    if (secret.protection === 'session' || secret.sealed === null) {
      sessionKeys.set(providerId, key);
      remove.run(providerId);
      return;
    }
    sessionKeys.delete(providerId);
    upsert.run(providerId, secret.protection, secret.sealed);
  }

  async function seal(providerId: string, key: string): Promise<PendingKey> {
    const secret = await secretBox.seal(providerId, key);
    return { keep: () => keep(providerId, key, secret) };
  }

  async function open(stored: StoredKey): Promise<string> {
    try {
      return await secretBox.open(stored.provider_id, { protection: stored.protection, sealed: stored.sealed });
    } catch (error) {
      if (error instanceof AppError) throw error;
      throw new AppError('KEY_MISSING', 'The stored key cannot be opened any more.', { cause: error });
    }
  }

  return {
    protectionOf: (providerId) => (sessionKeys.has(providerId) ? 'session' : (selectOne.get(providerId)?.protection ?? 'none')),
    seal,
    async read(providerId) {
      const sessionKey = sessionKeys.get(providerId);
      if (sessionKey !== undefined) return sessionKey;
      const stored = selectOne.get(providerId);
      return stored === undefined ? null : open(stored);
    },
    async clear(providerId) {
      sessionKeys.delete(providerId);
      remove.run(providerId);
      await secretBox.remove(providerId);
    },
    async setPassphrase(passphrase) {
      const opened = selectByPassphrase.all().map(async (stored) => [stored.provider_id, await open(stored)] as const);
      // Opened before the passphrase changes: afterwards the old one is gone.
      const keys = [...(await Promise.all(opened)), ...sessionKeys];
      await secretBox.setPassphrase(passphrase);
      const sealed = await Promise.all(keys.map(([providerId, key]) => seal(providerId, key)));
      inTransaction(db, () => {
        for (const key of sealed) key.keep();
      });
    },
  };
}
