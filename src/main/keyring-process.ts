// A process of its own, because the keyring's library blocks the thread it runs on for as long as the desktop's
// message bus keeps it waiting, which may be for ever. The parent kills it after a deadline.
import { randomBytes } from 'node:crypto';
import { AsyncEntry } from '@napi-rs/keyring';
import type { KeyringRequest } from './hosts/loopback/keyring.ts';

const service = 'Tally';
const keyBytes = 32;

function entryOf(account: string): AsyncEntry {
  // Left to itself the library falls back to the kernel's keyring, which forgets everything at the next boot.
  return new AsyncEntry(service, account, { linux: { store: 'secret-service' } });
}

async function probe(account: string): Promise<string | null> {
  const entry = entryOf(account);
  const written = randomBytes(keyBytes).toString('base64');
  await entry.setPassword(written);
  const read = await entry.getPassword();
  await entry.deletePassword();
  return read === written ? 'works' : null;
}

async function findOrCreateKey(account: string, create: boolean): Promise<string | null> {
  const entry = entryOf(account);
  const known = await entry.getPassword();
  if (known !== null || !create) return known;
  await entry.setPassword(randomBytes(keyBytes).toString('base64'));
  return entry.getPassword();
}

process.once('message', (request: KeyringRequest) => {
  const answer = request.type === 'probe' ? probe(request.account) : findOrCreateKey(request.account, request.create);
  answer
    .catch(() => null)
    .then((value) => process.send?.({ value }, () => process.disconnect()))
    .catch(() => process.exit(1));
});
