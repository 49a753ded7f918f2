import { fork } from 'node:child_process';
import type { SecretFile } from '../secrets/secret-file.ts';
import { openBytes, sealBytes } from '../secrets/sealed-bytes.ts';
import type { SystemSealer } from '../secrets/secret-box.ts';
import { pickEnvironment } from '../ports/pick-environment.ts';

/** `probe` leaves nothing behind; `key` finds our entry, or makes it when `create` is set. */
export type KeyringRequest =
  | { readonly type: 'probe'; readonly account: string }
  | { readonly type: 'key'; readonly account: string; readonly create: boolean };

/** Answers null when the keyring does not work, does not have it, or does not answer in time. */
export type AskKeyring = (request: KeyringRequest) => Promise<string | null>;

/** Long enough for a desktop under load, short enough for somebody looking at the settings. */
export const keyringTimeoutMs = 8_000;
/** A keyring that was locked may have been opened since. */
const retryAfterMs = 30_000;

/** What a keyring's library needs to reach the desktop of the user, and nothing more. */
const environmentNames = [
  'DBUS_SESSION_BUS_ADDRESS',
  'XDG_RUNTIME_DIR',
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_CURRENT_DESKTOP',
  'HOME',
  'USER',
  'LOGNAME',
  'LANG',
  'USERPROFILE',
  'USERNAME',
  'APPDATA',
  'LOCALAPPDATA',
  'SystemRoot',
];

const backendNames: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'keychain',
  linux: 'secret-service',
  win32: 'credential-manager',
};

export interface KeyringOptions {
  readonly ask: AskKeyring;
  readonly file: SecretFile;
  readonly platform: NodeJS.Platform;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Seals under one random key of ours that lies in the operating system's keyring. Asks it only when first needed. */
export function createKeyringSealer({ ask, file, platform, now, newId }: KeyringOptions): SystemSealer {
  let key: Buffer | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;
  let attempt: Promise<boolean> = Promise.resolve(false);

  /** Whether the keyring works; loads the key when there is one. One question at a time, repeated after a while. */
  function check(): Promise<boolean> {
    if (key !== null) return Promise.resolve(true);
    if (now() - triedAt < retryAfterMs) return attempt;
    triedAt = now();
    attempt = tryKeyring();
    return attempt;
  }

  async function tryKeyring(): Promise<boolean> {
    const account = file.read().keyringAccount;
    if (account === null) return (await ask({ type: 'probe', account: `probe-${newId()}` })) !== null;
    return loadKey(account, false);
  }

  async function loadKey(account: string, create: boolean): Promise<boolean> {
    const value = await ask({ type: 'key', account, create });
    if (value === null) return false;
    key = Buffer.from(value, 'base64');
    return true;
  }

  async function createKey(): Promise<boolean> {
    const account = newId();
    if (!(await loadKey(account, true))) return false;
    file.update({ keyringAccount: account });
    return true;
  }

  let creation: Promise<boolean> | null = null;

  return {
    protection: 'os_keyring',
    backend: async () => ((await check()) ? (backendNames[platform] ?? 'keyring') : null),
    async seal(name, plain) {
      if (!(await check())) return null;
      if (key === null) await (creation ??= createKey().finally(() => (creation = null)));
      return key === null ? null : sealBytes(key, name, plain);
    },
    async open(name, sealed) {
      await check();
      return key === null ? null : openBytes(key, name, sealed);
    },
  };
}

/** Asks in a child process, which is killed when the keyring keeps it waiting longer than `timeoutMs`. */
export function askKeyringIn(program: string, environment: NodeJS.ProcessEnv, timeoutMs: number): AskKeyring {
  return (request) =>
    new Promise((resolve) => {
      const child = fork(program, [], {
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
        env: pickEnvironment(environment, environmentNames),
      });
      const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
      child.once('message', (answer: unknown) => {
        resolve(
          typeof answer === 'object' && answer !== null && 'value' in answer && typeof answer.value === 'string' ? answer.value : null,
        );
      });
      child.once('error', () => resolve(null));
      child.once('exit', () => {
        clearTimeout(timer);
        resolve(null);
      });
      child.send(request, (error) => {
        if (error !== null) child.kill('SIGKILL');
      });
    });
}
