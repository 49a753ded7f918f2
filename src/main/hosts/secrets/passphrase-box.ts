import { randomBytes, scrypt } from 'node:crypto';
import { AppError } from '../../../shared/rpc/errors.ts';
import { keyBytes, openBytes, sealBytes } from './sealed-bytes.ts';
import type { SecretFile, SecretFileContents } from './secret-file.ts';

/** RFC 7914's parameters. */
export interface ScryptCost {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

/** 128 MiB and roughly half a second per guess: OWASP's first choice for scrypt. */
export const defaultScryptCost: ScryptCost = { cost: 2 ** 17, blockSize: 8, parallelization: 1 };

const dataKeyName = 'tally.data-key';

export interface PassphraseBox {
  isSet(): boolean;
  isLocked(): boolean;
  /** Sets or changes the passphrase; what was sealed before stays readable. Throws AppError SECRETS_LOCKED. */
  set(passphrase: string): Promise<void>;
  /** Throws AppError WRONG_PASSPHRASE. */
  unlock(passphrase: string): Promise<void>;
  /** Throws AppError SECRETS_LOCKED. */
  seal(name: string, plain: string): Buffer;
  /** null when the bytes are not ours. Throws AppError SECRETS_LOCKED. */
  open(name: string, sealed: Uint8Array): string | null;
}

/**
 * Seals under a random data key, which itself is kept sealed under a key made from the passphrase: changing the
 * passphrase leaves what was sealed alone, and nothing on disk gives the passphrase away but a guess at scrypt's price.
 */
export function createPassphraseBox(file: SecretFile, scryptCost: ScryptCost): PassphraseBox {
  let dataKey: Buffer | null = null;

  function unlockedKey(): Buffer {
    if (dataKey === null) throw new AppError('SECRETS_LOCKED');
    return dataKey;
  }

  return {
    isSet: () => file.read().passphrase !== null,
    isLocked: () => file.read().passphrase !== null && dataKey === null,
    async set(passphrase) {
      const key = file.read().passphrase === null ? randomBytes(keyBytes) : unlockedKey();
      const salt = randomBytes(16);
      const wrappingKey = await deriveKey(passphrase, salt, scryptCost);
      const sealedKey = sealBytes(wrappingKey, dataKeyName, key.toString('base64')).toString('base64');
      file.update({ passphrase: { salt: salt.toString('base64'), ...scryptCost, sealedKey } });
      dataKey = key;
    },
    async unlock(passphrase) {
      const stored = file.read().passphrase;
      if (stored === null) throw new AppError('WRONG_PASSPHRASE', 'No passphrase is set.');
      dataKey = await unwrap(stored, passphrase);
    },
    seal: (name, plain) => sealBytes(unlockedKey(), name, plain),
    open: (name, sealed) => openBytes(unlockedKey(), name, sealed),
  };
}

async function unwrap(stored: NonNullable<SecretFileContents['passphrase']>, passphrase: string): Promise<Buffer> {
  const wrappingKey = await deriveKey(passphrase, Buffer.from(stored.salt, 'base64'), stored);
  const key = openBytes(wrappingKey, dataKeyName, Buffer.from(stored.sealedKey, 'base64'));
  if (key === null) throw new AppError('WRONG_PASSPHRASE');
  return Buffer.from(key, 'base64');
}

/** The same passphrase typed on another keyboard may arrive in another normal form; NFKC makes them one. */
function deriveKey(passphrase: string, salt: Buffer, { cost, blockSize, parallelization }: ScryptCost): Promise<Buffer> {
  // Node refuses more than 32 MiB unless told; scrypt needs 128 * N * r bytes.
  const maxmem = 256 * cost * blockSize;
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFKC'), salt, keyBytes, { N: cost, r: blockSize, p: parallelization, maxmem }, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
