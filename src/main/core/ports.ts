import type { LookupFunction } from 'node:net';

/** What a host supplies. The core takes everything that touches the outside world from here. */
export interface CorePorts {
  /** Folder of the database and everything else Tally keeps. Exists and is writable. */
  readonly dataDir: string;
  readonly host: 'electron' | 'loopback' | 'terminal' | 'test';
  readonly appVersion: string;
  /** The data folder holds sample data, which the page then says everywhere. */
  readonly isSample?: boolean;
  readonly secretBox: SecretBox;
  /**
   * The fetch to use for a proxy setting; called again when the setting changes. With a lookup, names are looked up by it for each
   * connection that no proxy makes.
   */
  readonly fetchFor: (proxy: ProxySetting, lookup?: LookupFunction) => Fetch;
  readonly launchParser: LaunchParser;
  readonly log: Logger;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A new UUIDv7. */
  readonly newId: () => string;
  /** IANA name of the user's time zone. */
  readonly timeZone: () => string;
  /** What the environment offers for import; used only when the user accepts it. */
  readonly environment: {
    readonly openAiKey: string | null;
    readonly openAiBaseUrl: string | null;
    /** Where an update of the price list is fetched when somebody asks for one; null or missing: where genai-prices publishes it. */
    readonly priceListUrl?: string | null;
  };
}

export type Fetch = typeof globalThis.fetch;

export type ProxySetting = { readonly mode: 'system' } | { readonly mode: 'none' } | { readonly mode: 'manual'; readonly url: string };

/** JSON lines to stderr or a file. Fields hold ids, codes and numbers; never keys, prompts or document text. */
export interface Logger {
  info(event: string, fields?: Readonly<Record<string, string | number | boolean | null>>): void;
  warn(event: string, fields?: Readonly<Record<string, string | number | boolean | null>>): void;
  error(event: string, fields?: Readonly<Record<string, string | number | boolean | null>>): void;
}

/** Seals keys for rest. Never writes plain text anywhere. */
export interface SecretBox {
  status(): Promise<SecretBoxStatus>;
  /**
   * Turns a key into bytes for the database. `protection: 'session'` means it could not be sealed and
   * `sealed` is null: the caller keeps the key in memory only.
   */
  seal(name: string, plain: string): Promise<SealedSecret>;
  /** The reverse. Throws AppError SECRETS_LOCKED when a passphrase is needed first. */
  open(name: string, sealed: SealedSecret): Promise<string>;
  /** Forgets what `seal` stored outside the database (a keyring entry). */
  remove(name: string): Promise<void>;
  /** Seals with this passphrase from now on. */
  setPassphrase(passphrase: string): Promise<void>;
  /** Throws AppError WRONG_PASSPHRASE. */
  unlock(passphrase: string): Promise<void>;
}

export type Protection = 'electron_safe_storage' | 'os_keyring' | 'passphrase' | 'session';

export interface SecretBoxStatus {
  readonly protection: Protection;
  readonly locked: boolean;
  readonly canUsePassphrase: boolean;
  readonly backend: string | null;
}

export interface SealedSecret {
  readonly protection: Protection;
  /** Ciphertext, or a reference into the keyring; null for `session`. */
  readonly sealed: Uint8Array | null;
}

/** Starts the process that reads untrusted files: a forked Node, or Electron's utilityProcess. */
export type LaunchParser = (options: { readonly maxHeapMegabytes: number }) => ParserProcess;

export interface ParserProcess {
  postMessage(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Once, when the process is gone, however it went. */
  onExit(listener: (code: number | null) => void): void;
  /** SIGKILL, at once. */
  kill(): void;
}
