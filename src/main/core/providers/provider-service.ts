import type { ModelInfo, Preset, PresetId, Provider } from '../../../shared/contract/providers.ts';
import type { Failure } from '../../../shared/contract/chat.ts';
import type { KeyStorage } from '../../../shared/contract/settings.ts';
import type { RequestContext } from '../../../shared/rpc/define.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import type { CorePorts, Logger, SecretBox } from '../ports.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { PriceBook } from '../spend/prices/price-book.ts';
import { parseBaseUrl, providerKindOf } from './base-url.ts';
import { failureOf } from './describe-failure.ts';
import { findLocal, type LocalServer } from './find-local.ts';
import { presetOf, presetOfAddress, presets } from './presets.ts';
import type { ProviderFetch } from './provider-fetch.ts';
import type { ProviderKeys } from './provider-keys.ts';
import { createProviderModels } from './provider-models.ts';
import type { ProviderRow, ProviderStore } from './provider-store.ts';

/** How long a provider may take to list its models. */
const listTimeoutMs = 10_000;
/** The same while a person waits for a provider to be added, which works without the list. */
const firstListTimeoutMs = 4_000;

/** The demo's provider and model, which always exist. */
export const demoProviderId = 'demo';

export interface ProviderServiceDeps {
  readonly db: Db;
  readonly store: ProviderStore;
  readonly keys: ProviderKeys;
  readonly secretBox: Pick<SecretBox, 'status' | 'unlock'>;
  readonly providerFetch: Pick<ProviderFetch, 'of'>;
  readonly priceBook: Pick<PriceBook, 'priceOf'>;
  readonly settings: Pick<SettingsService, 'get' | 'update'>;
  readonly events: AppEvents;
  readonly environment: CorePorts['environment'];
  readonly log: Logger;
  readonly now: () => number;
  readonly newId: () => string;
}

type ProviderInput = { readonly providerId: string };
type NewProvider = { readonly preset: PresetId; readonly name: string; readonly baseUrl: string; readonly key: string | null };
type ProviderEdit = ProviderInput & Pick<Provider, 'name' | 'baseUrl' | 'embeddingModelId' | 'smallModelId'>;
type TestResult = { ok: boolean; failure: Failure | null; modelCount: number | null; durationMs: number };

/** The `providers.*` and `keys.*` routes, one method each. */
export interface ProviderService {
  presets(): { presets: Preset[] };
  list(): { providers: Provider[] };
  /** Throws AppError BASE_URL_INVALID, INVALID_INPUT or SECRETS_LOCKED. A provider that cannot be reached is added all the same. */
  add(input: NewProvider, context: RequestContext): Promise<Provider>;
  /** Throws AppError NOT_FOUND, CONFLICT or BASE_URL_INVALID. A key goes to no other host than it was given for: it is forgotten. */
  update(input: ProviderEdit): Promise<Provider>;
  remove(input: ProviderInput): Promise<void>;
  setKey(input: ProviderInput & { readonly key: string }): Promise<Provider>;
  clearKey(input: ProviderInput): Promise<Provider>;
  test(input: ProviderInput, context: RequestContext): Promise<TestResult>;
  models(
    input: ProviderInput & { readonly refresh: boolean },
    context: RequestContext,
  ): Promise<{ models: ModelInfo[]; fetchedAt: number }>;
  findLocal(input: void, context: RequestContext): Promise<{ found: LocalServer[] }>;
  environmentOffer(): { hasKey: boolean; baseUrl: string | null };
  importEnvironment(input: void, context: RequestContext): Promise<Provider>;
  keysStatus(): Promise<KeyStorage>;
  setPassphrase(input: { readonly passphrase: string }): Promise<KeyStorage>;
  unlock(input: { readonly passphrase: string }): Promise<KeyStorage>;
}

/** Providers, their keys and their models. Makes sure that the demo provider exists. */
export function createProviderService(deps: ProviderServiceDeps): ProviderService {
  const { db, store, keys, secretBox, events, now } = deps;
  const changed = (): void => events.emit({ type: 'providers.changed' });
  const models = createProviderModels({ ...deps, onProviderChanged: changed });
  inTransaction(db, () => ensureDemo(store, now()));

  function existing(providerId: string): ProviderRow {
    const provider = store.get(providerId);
    if (provider === undefined) throw new AppError('NOT_FOUND', 'No such provider.');
    return provider;
  }

  function editable(providerId: string): ProviderRow {
    const provider = existing(providerId);
    if (provider.kind === 'demo') throw new AppError('CONFLICT', 'The demo cannot be changed.');
    return provider;
  }

  function describe(provider: ProviderRow): Provider {
    const { createdAt: _, ...shown } = provider;
    const keyProtection = keys.protectionOf(provider.id);
    return { ...shown, hasKey: keyProtection !== 'none', keyProtection };
  }

  async function add(input: NewProvider, context: RequestContext): Promise<Provider> {
    if (input.preset === 'demo') throw new AppError('CONFLICT', 'The demo exists already.');
    const baseUrl = parseBaseUrl(input.baseUrl, defaultPathOf(input.preset));
    const provider: ProviderRow = {
      id: deps.newId(),
      preset: input.preset,
      kind: providerKindOf(input.preset, baseUrl),
      name: input.name,
      baseUrl,
      needsKey: presetOf(input.preset).needsKey || input.key !== null,
      embeddingModelId: null,
      smallModelId: null,
      createdAt: now(),
    };
    const key = input.key === null ? null : await keys.seal(provider.id, cleanKey(input.key));
    inTransaction(db, () => {
      store.insert(provider);
      key?.keep();
    });
    await fetchFirstList(provider, context.signal);
    changed();
    return describe(existing(provider.id));
  }

  /** Chooses the embedding model; a provider that does not answer yet gets its list with the first test. */
  async function fetchFirstList(provider: ProviderRow, signal: AbortSignal): Promise<void> {
    try {
      await models.fetch(provider, { timeoutMs: firstListTimeoutMs, signal });
    } catch (error) {
      deps.log.info('provider.unlisted', { providerId: provider.id, code: failureOf(error, { signal }).code });
    }
  }

  async function update(input: ProviderEdit): Promise<Provider> {
    const before = editable(input.providerId);
    const baseUrl = parseBaseUrl(input.baseUrl, defaultPathOf(before.preset));
    const isOtherHost = new URL(baseUrl).origin !== new URL(before.baseUrl).origin;
    const { name, embeddingModelId, smallModelId } = input;
    if (isOtherHost) await keys.clear(before.id);
    const needsKey = isOtherHost ? presetOf(before.preset).needsKey : before.needsKey;
    const kind = providerKindOf(before.preset, baseUrl);
    const after: ProviderRow = { ...before, name, baseUrl, embeddingModelId, smallModelId, needsKey, kind };
    inTransaction(db, () => {
      store.update(after);
      if (baseUrl !== before.baseUrl) store.replaceModels(before.id, [], now());
    });
    changed();
    return describe(after);
  }

  async function setKey(input: ProviderInput & { readonly key: string }): Promise<Provider> {
    editable(input.providerId);
    const key = await keys.seal(input.providerId, cleanKey(input.key));
    inTransaction(db, () => {
      store.update({ ...editable(input.providerId), needsKey: true });
      key.keep();
    });
    changed();
    return describe(existing(input.providerId));
  }

  async function clearKey(input: ProviderInput): Promise<Provider> {
    const provider = editable(input.providerId);
    await keys.clear(provider.id);
    inTransaction(db, () => store.update({ ...provider, needsKey: presetOf(provider.preset).needsKey }));
    changed();
    return describe(existing(provider.id));
  }

  async function remove(input: ProviderInput): Promise<void> {
    const provider = editable(input.providerId);
    await keys.clear(provider.id);
    inTransaction(db, () => store.remove(provider.id));
    if (deps.settings.get().defaultModel?.providerId === provider.id) deps.settings.update({ defaultModel: null });
    changed();
  }

  async function test(input: ProviderInput, { signal }: RequestContext): Promise<TestResult> {
    const provider = existing(input.providerId);
    const startedAt = now();
    try {
      const { models: listed } = await models.fetch(provider, { timeoutMs: listTimeoutMs, signal });
      return { ok: true, failure: null, modelCount: listed.length, durationMs: now() - startedAt };
    } catch (error) {
      return { ok: false, failure: failureOf(error, { signal }), modelCount: null, durationMs: now() - startedAt };
    }
  }

  /** Where the environment's key belongs, if it says anything. A key means that calls are paid for, whatever the address. */
  function environmentProvider(): Pick<NewProvider, 'preset' | 'baseUrl' | 'name'> | null {
    const { openAiKey, openAiBaseUrl } = deps.environment;
    if (openAiKey === null && openAiBaseUrl === null) return null;
    const baseUrl = parseBaseUrl(openAiBaseUrl ?? presetOf('openai').baseUrl, '/v1');
    const known = presetOfAddress(baseUrl);
    const preset = known === 'custom' && openAiKey !== null ? 'openai' : known;
    const name = known === 'custom' ? `${presetOf(preset).name} (${new URL(baseUrl).host})` : presetOf(preset).name;
    return { preset, baseUrl, name };
  }

  async function importEnvironment(_input: void, context: RequestContext): Promise<Provider> {
    const offered = environmentProvider();
    if (offered === null) throw new AppError('NOT_FOUND', 'The environment holds nothing to import.');
    const key = deps.environment.openAiKey;
    const present = store.list().find((provider) => provider.baseUrl === offered.baseUrl);
    if (present === undefined) return add({ ...offered, key }, context);
    return key === null ? describe(present) : setKey({ providerId: present.id, key });
  }

  const keysStatus = (): Promise<KeyStorage> => secretBox.status();

  return {
    presets: () => ({ presets: presets.filter((preset) => preset.kind !== 'demo') }),
    list: () => ({ providers: store.list().map(describe) }),
    add,
    update,
    remove,
    setKey,
    clearKey,
    test,
    models(input, { signal }) {
      const provider = existing(input.providerId);
      return models[input.refresh ? 'fetch' : 'list'](provider, { timeoutMs: listTimeoutMs, signal });
    },
    async findLocal(_input, { signal }) {
      const fetch = deps.providerFetch.of({ providerKind: 'local', baseUrl: 'http://localhost' });
      return { found: [...(await findLocal(fetch, signal))] };
    },
    environmentOffer: () => ({ hasKey: deps.environment.openAiKey !== null, baseUrl: deps.environment.openAiBaseUrl }),
    importEnvironment,
    keysStatus,
    async setPassphrase({ passphrase }) {
      await keys.setPassphrase(passphrase);
      changed();
      return keysStatus();
    },
    async unlock({ passphrase }) {
      await secretBox.unlock(passphrase);
      changed();
      return keysStatus();
    },
  };
}

function ensureDemo(store: ProviderStore, createdAt: number): void {
  if (store.get(demoProviderId) !== undefined) return;
  const { kind, name, baseUrl, needsKey } = presetOf('demo');
  const models = { embeddingModelId: null, smallModelId: null };
  store.insert({ id: demoProviderId, preset: 'demo', kind, name, baseUrl, needsKey, ...models, createdAt });
}

/** The path of the preset's own address, for addresses given without one; `/v1` is what most servers answer under. */
function defaultPathOf(preset: PresetId): string {
  return URL.parse(presetOf(preset).baseUrl)?.pathname ?? '/v1';
}

/** People paste keys with what stood around them. A key has to fit into a header. */
function cleanKey(text: string): string {
  const key = text
    .trim()
    .replace(/^bearer\s+/i, '')
    .replace(/^(["'])(.*)\1$/, '$2');
  if (!/^[\x21-\x7e]+$/.test(key)) throw new AppError('INVALID_INPUT', 'The key has characters no key has.', { data: { field: 'key' } });
  return key;
}
