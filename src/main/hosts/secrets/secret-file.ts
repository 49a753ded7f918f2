import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const base64 = z.string().max(1_000);

const contents = z.object({
  version: z.literal(1),
  /** The data key, sealed by a key made from the passphrase, and how that key is made. Never the passphrase. */
  passphrase: z
    .object({ salt: base64, cost: z.int().min(2), blockSize: z.int().min(1), parallelization: z.int().min(1), sealedKey: base64 })
    .nullable(),
  /** Name of our entry in the keyring of the operating system. */
  keyringAccount: z.string().max(100).nullable(),
});
export type SecretFileContents = z.infer<typeof contents>;

export interface SecretFile {
  read(): SecretFileContents;
  /** Replaces the file in one step. */
  update(change: Partial<Omit<SecretFileContents, 'version'>>): void;
}

/** `secrets.json` in the data folder, readable by its owner alone. A damaged one is set aside, never overwritten. */
export function createSecretFile(dataDir: string, now: () => number): SecretFile {
  const file = path.join(dataDir, 'secrets.json');
  let current = load(file, now);
  return {
    read: () => current,
    update(change) {
      const next = { ...current, ...change };
      const draft = `${file}.new`;
      writeFileSync(draft, JSON.stringify(next), { mode: 0o600, flush: true });
      renameSync(draft, file);
      current = next;
    },
  };
}

function load(file: string, now: () => number): SecretFileContents {
  const empty: SecretFileContents = { version: 1, passphrase: null, keyringAccount: null };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return empty;
    throw error;
  }
  const parsed = contents.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  renameSync(file, `${file}.damaged-${now()}`);
  return empty;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
