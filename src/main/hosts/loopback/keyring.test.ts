import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSecretFile } from '../secrets/secret-file.ts';
import type { SystemSealer } from '../secrets/secret-box.ts';
import { askKeyringIn, createKeyringSealer, type AskKeyring } from './keyring.ts';

const program = path.resolve(import.meta.dirname, '../../keyring-process.ts');

let dataDir: string;
let now: number;
beforeEach(() => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'tally-keyring-'));
  now = 0;
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** Tally started anew, before a keyring that can be locked. */
function start(ask: AskKeyring): SystemSealer {
  let lastId = 0;
  return createKeyringSealer({
    ask,
    file: createSecretFile(dataDir, () => now),
    platform: 'linux',
    now: () => now,
    newId: () => `id-${(lastId += 1)}`,
  });
}

function createKeyring(): { ask: AskKeyring; entries: Map<string, string>; lock(isLocked: boolean): void } {
  const entries = new Map<string, string>();
  let isLocked = false;
  return {
    entries,
    lock: (value) => (isLocked = value),
    async ask(request) {
      if (isLocked) return null;
      if (request.type === 'probe') return 'works';
      if (request.create) entries.set(request.account, Buffer.alloc(32, entries.size + 1).toString('base64'));
      return entries.get(request.account) ?? null;
    },
  };
}

describe('sealing under a key in the keyring', () => {
  it('makes one key, when the first secret needs it, and finds it again after a restart', async () => {
    const keyring = createKeyring();
    const sealer = start(keyring.ask);
    await expect(sealer.backend()).resolves.toBe('secret-service');
    expect(keyring.entries.size).toBe(0);
    const [first, second] = await Promise.all([sealer.seal('p1', 'sk-1'), sealer.seal('p2', 'sk-2')]);
    expect(keyring.entries.size).toBe(1);

    const restarted = start(keyring.ask);
    await expect(restarted.open('p1', first ?? Buffer.of())).resolves.toBe('sk-1');
    await expect(restarted.open('p2', second ?? Buffer.of())).resolves.toBe('sk-2');
  });

  it('is tried again a while after it was found locked', async () => {
    const keyring = createKeyring();
    const sealed = await start(keyring.ask).seal('p1', 'sk-1');
    keyring.lock(true);
    const restarted = start(keyring.ask);
    await expect(restarted.backend()).resolves.toBeNull();
    await expect(restarted.seal('p2', 'sk-2')).resolves.toBeNull();
    keyring.lock(false);
    await expect(restarted.backend()).resolves.toBeNull();
    now += 60_000;
    await expect(restarted.open('p1', sealed ?? Buffer.of())).resolves.toBe('sk-1');
  });
});

describe.runIf(process.platform === 'linux')('asking the real keyring', () => {
  it('gives up on a message bus that never answers', async () => {
    const address = path.join(dataDir, 'bus');
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(address, resolve));
    const ask = askKeyringIn(program, { DBUS_SESSION_BUS_ADDRESS: `unix:path=${address}` }, 1_000);
    await expect(ask({ type: 'probe', account: 'probe-1' })).resolves.toBeNull();
    silent.close();
  });

  it('knows at once that there is no message bus, and does not fall back to a keyring that forgets', async () => {
    const ask = askKeyringIn(program, {}, 10_000);
    await expect(ask({ type: 'probe', account: 'probe-1' })).resolves.toBeNull();
  });
});
