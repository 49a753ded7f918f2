import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const version = 1;
const ivBytes = 12;
const tagBytes = 16;

/** Length of the keys below, in bytes: AES-256. */
export const keyBytes = 32;

/**
 * Seals text with AES-256-GCM under a fresh nonce. `name` is authenticated too, so that one key's bytes cannot be
 * passed off as another's. Layout: version (1) | nonce (12) | tag (16) | ciphertext.
 */
export function sealBytes(key: Buffer, name: string, plain: string): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(name, 'utf8'));
  const ciphertext = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(version), iv, cipher.getAuthTag(), ciphertext]);
}

/** The reverse; null when the key or the name is another one or the bytes were changed. */
export function openBytes(key: Buffer, name: string, sealed: Uint8Array): string | null {
  const bytes = Buffer.from(sealed);
  if (bytes[0] !== version || bytes.length < 1 + ivBytes + tagBytes) return null;
  const tagStart = 1 + ivBytes;
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(1, tagStart), { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(name, 'utf8'));
  decipher.setAuthTag(bytes.subarray(tagStart, tagStart + tagBytes));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(tagStart + tagBytes)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
