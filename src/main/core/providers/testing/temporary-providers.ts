import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AppEvent } from '../../../../shared/contract/app.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { closeDatabase, openDatabase, type Db } from '../../db/database.ts';
import { createAppEvents } from '../../events.ts';
import type { CorePorts, Fetch, SecretBox } from '../../ports.ts';
import { createSettingsService, type SettingsService } from '../../settings/settings-service.ts';
import { createLedger } from '../../spend/create-ledger.ts';
import type { Ledger } from '../../spend/ledger.ts';
import { createPriceBook } from '../../spend/prices/price-book.ts';
import { createTokenCounter } from '../../spend/tokens/token-counter.ts';
import { createUsageStore, type UsageStore } from '../../spend/usage-store.ts';
import { createProviderClients } from '../create-provider-clients.ts';
import { createDemoFetch } from '../demo/demo-fetch.ts';
import type { ProviderClients } from '../provider-clients.ts';
import { createProviderFetch } from '../provider-fetch.ts';
import { createProviderKeys, type ProviderKeys } from '../provider-keys.ts';
import { createProviderService, type ProviderService } from '../provider-service.ts';
import { createProviderStore, type ProviderStore } from '../provider-store.ts';

export interface TemporaryProviders {
  readonly dataDir: string;
  readonly db: Db;
  readonly store: ProviderStore;
  readonly keys: ProviderKeys;
  readonly service: ProviderService;
  readonly settings: SettingsService;
  readonly clients: ProviderClients;
  readonly ledger: Ledger;
  readonly usageStore: UsageStore;
  /** What was announced so far. */
  readonly events: readonly AppEvent[];
  /** Every line that was logged, as text. */
  readonly logged: readonly string[];
  /** Lets time pass. */
  advance(ms: number): void;
  close(): Promise<void>;
}

export interface TemporaryOptions {
  readonly environment?: CorePorts['environment'];
  readonly secretBox?: SecretBox;
  readonly fetchFor?: CorePorts['fetchFor'];
}

/** For tests: everything of this folder put together as in the app, over a database in a folder of its own. */
export function createTemporaryProviders(options: TemporaryOptions = {}): TemporaryProviders {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tally-providers-'));
  let time = Date.UTC(2026, 10, 23);
  let lastId = 0;
  const now = (): number => time;
  const newId = (): string => `id-${String((lastId += 1)).padStart(3, '0')}`;
  const db = openDatabase({ dataDir, now, newId });
  const logged: string[] = [];
  const log = (event: string, fields: object = {}): void => void logged.push(`${event} ${JSON.stringify(fields)}`);
  const emitted: AppEvent[] = [];
  const events = createAppEvents();
  events.subscribe((event) => emitted.push(event));
  const settings = createSettingsService({ db, events });
  const tokenCounter = createTokenCounter();
  const priceBook = createPriceBook();
  const usageStore = createUsageStore(db);
  const secretBox = options.secretBox ?? createMemorySecretBox();
  const store = createProviderStore(db);
  const keys = createProviderKeys({ db, secretBox });
  const demoFetch = createDemoFetch({ countTokens: (text) => tokenCounter.count(text, 'gpt-4o'), now, pause: async () => undefined });
  const plainFetch: Fetch = (input, init) => fetch(input, init);
  const providerFetch = createProviderFetch({ fetchFor: options.fetchFor ?? (() => plainFetch), settings, demoFetch });
  const logger = { info: log, warn: log, error: log };
  const timeZone = (): string => 'UTC';
  const ledger = createLedger({
    db,
    usageStore,
    priceBook,
    tokenCounter,
    events,
    now,
    newId,
    timeZone,
    log: logger,
    fetch: providerFetch.of,
  });
  const environment = options.environment ?? { openAiKey: null, openAiBaseUrl: null };
  const parts = { db, store, keys, secretBox, providerFetch, priceBook, settings, events, environment, log: logger, now, newId };
  return {
    dataDir,
    db,
    store,
    keys,
    service: createProviderService(parts),
    settings,
    clients: createProviderClients({ store, keys, ledger }),
    ledger,
    usageStore,
    events: emitted,
    logged,
    advance: (ms) => {
      time += ms;
    },
    async close() {
      await ledger.close();
      providerFetch.close();
      await tokenCounter.close();
      closeDatabase(db);
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** For tests: keys lie in the session until a passphrase is set, then scrambled under it. `lock` forgets the passphrase. */
export function createMemorySecretBox(): SecretBox & { lock(): void } {
  let chosen: string | null = null;
  let given: string | null = null;
  const scramble = (bytes: Uint8Array): Uint8Array => bytes.map((byte) => byte ^ 0x5a);
  return {
    async status() {
      const protection = chosen === null ? 'session' : 'passphrase';
      return { protection, locked: chosen !== given, canUsePassphrase: true, backend: null };
    },
    async seal(name, plain) {
      if (chosen === null) return { protection: 'session', sealed: null };
      const text = JSON.stringify({ name, plain, passphrase: given });
      return { protection: 'passphrase', sealed: scramble(new TextEncoder().encode(text)) };
    },
    async open(name, { sealed }) {
      if (chosen !== given) throw new AppError('SECRETS_LOCKED');
      const text = new TextDecoder().decode(scramble(sealed ?? new Uint8Array()));
      // Our own JSON, written by `seal` above.
      const secret = JSON.parse(text) as { name: string; plain: string; passphrase: string };
      if (secret.name !== name || secret.passphrase !== given) throw new Error('sealed for somebody else');
      return secret.plain;
    },
    remove: async () => undefined,
    async setPassphrase(passphrase) {
      chosen = passphrase;
      given = passphrase;
    },
    async unlock(passphrase) {
      if (passphrase !== chosen) throw new AppError('WRONG_PASSPHRASE');
      given = passphrase;
    },
    lock: () => {
      given = null;
    },
  };
}
