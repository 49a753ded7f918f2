import type { PresetId, Provider } from '../../../shared/contract/providers.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import { parseBaseUrl, providerKindOf } from './base-url.ts';
import { presetOf } from './presets.ts';
import type { ProviderKeys } from './provider-keys.ts';
import type { ProviderRow, ProviderStore } from './provider-store.ts';

export interface NewProvider {
  readonly preset: PresetId;
  readonly name: string;
  readonly baseUrl: string;
  readonly key: string | null;
}

export type ProviderChange = { readonly providerId: string } & Pick<Provider, 'name' | 'baseUrl' | 'embeddingModelId' | 'smallModelId'>;

export interface ProviderEditorDeps {
  readonly db: Db;
  readonly store: ProviderStore;
  readonly keys: ProviderKeys;
  readonly settings: Pick<SettingsService, 'get' | 'update'>;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Changes of the stored providers. The demo refuses all of them with AppError CONFLICT. */
export interface ProviderEditor {
  add(input: NewProvider): Promise<ProviderRow>;
  update(change: ProviderChange): Promise<ProviderRow>;
  remove(providerId: string): Promise<void>;
  setKey(providerId: string, key: string): Promise<ProviderRow>;
  clearKey(providerId: string): Promise<ProviderRow>;
}

/** The provider of that id. Throws AppError NOT_FOUND. */
export function existingProvider(store: Pick<ProviderStore, 'get'>, providerId: string): ProviderRow {
  const provider = store.get(providerId);
  if (provider === undefined) throw new AppError('NOT_FOUND', 'No such provider.');
  return provider;
}

/** See `ProviderEditor`. */
export function createProviderEditor(deps: ProviderEditorDeps): ProviderEditor {
  return {
    add: (input) => add(deps, input),
    update: (change) => update(deps, change),
    remove: (providerId) => remove(deps, providerId),
    setKey: (providerId, key) => setKey(deps, providerId, key),
    clearKey: (providerId) => clearKey(deps, providerId),
  };
}

async function add(deps: ProviderEditorDeps, input: NewProvider): Promise<ProviderRow> {
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
    createdAt: deps.now(),
  };
  const key = input.key === null ? null : await deps.keys.seal(provider.id, cleanKey(input.key));
  inTransaction(deps.db, () => {
    deps.store.insert(provider);
    key?.keep();
  });
  return provider;
}

/** A key goes to no other host than the one it was given for: with another address it is forgotten. */
async function update(deps: ProviderEditorDeps, change: ProviderChange): Promise<ProviderRow> {
  const before = editable(deps, change.providerId);
  const baseUrl = parseBaseUrl(change.baseUrl, defaultPathOf(before.preset));
  const isOtherHost = new URL(baseUrl).origin !== new URL(before.baseUrl).origin;
  if (isOtherHost) await deps.keys.clear(before.id);
  const after: ProviderRow = {
    ...before,
    name: change.name,
    baseUrl,
    kind: providerKindOf(before.preset, baseUrl),
    needsKey: isOtherHost ? presetOf(before.preset).needsKey : before.needsKey,
    embeddingModelId: change.embeddingModelId,
    smallModelId: change.smallModelId,
  };
  inTransaction(deps.db, () => {
    deps.store.update(after);
    if (baseUrl !== before.baseUrl) deps.store.replaceModels(before.id, [], deps.now());
  });
  return after;
}

async function remove(deps: ProviderEditorDeps, providerId: string): Promise<void> {
  const provider = editable(deps, providerId);
  await deps.keys.clear(provider.id);
  inTransaction(deps.db, () => deps.store.remove(provider.id));
  if (deps.settings.get().defaultModel?.providerId === provider.id) deps.settings.update({ defaultModel: null });
}

/** From now on the provider needs its key, also after a restart that a session's key did not survive. */
async function setKey(deps: ProviderEditorDeps, providerId: string, text: string): Promise<ProviderRow> {
  editable(deps, providerId);
  const key = await deps.keys.seal(providerId, cleanKey(text));
  return inTransaction(deps.db, () => {
    const provider = { ...editable(deps, providerId), needsKey: true };
    deps.store.update(provider);
    key.keep();
    return provider;
  });
}

async function clearKey(deps: ProviderEditorDeps, providerId: string): Promise<ProviderRow> {
  editable(deps, providerId);
  await deps.keys.clear(providerId);
  return inTransaction(deps.db, () => {
    const stored = editable(deps, providerId);
    const provider = { ...stored, needsKey: presetOf(stored.preset).needsKey };
    deps.store.update(provider);
    return provider;
  });
}

function editable(deps: Pick<ProviderEditorDeps, 'store'>, providerId: string): ProviderRow {
  const provider = existingProvider(deps.store, providerId);
  if (provider.kind === 'demo') throw new AppError('CONFLICT', 'The demo cannot be changed.');
  return provider;
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
