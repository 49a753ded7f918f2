import type { Failure } from '../../../shared/contract/chat.ts';
import type { ModelInfo, Preset, Provider } from '../../../shared/contract/providers.ts';
import type { KeyStorage } from '../../../shared/contract/settings.ts';
import type { RequestContext } from '../../../shared/rpc/define.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import type { CorePorts, Logger, SecretBox } from '../ports.ts';
import type { PriceBook } from '../spend/prices/price-book.ts';
import { failureOf } from './describe-failure.ts';
import {
  createProviderEditor,
  existingProvider,
  type NewProvider,
  type ProviderChange,
  type ProviderEditorDeps,
} from './edit-providers.ts';
import { providerOfEnvironment } from './environment-offer.ts';
import { findLocal, type LocalServer } from './find-local.ts';
import { demoProviderId, presetOf, presets } from './presets.ts';
import type { ProviderFetch } from './provider-fetch.ts';
import { createProviderModels, type ProviderModels } from './provider-models.ts';
import type { ProviderRow, ProviderStore } from './provider-store.ts';

/** How long a provider may take to list its models. */
const listTimeoutMs = 10_000;
/** The same while a person waits for a provider to be added, which works without the list. */
const firstListTimeoutMs = 4_000;

export interface ProviderServiceDeps extends ProviderEditorDeps {
  readonly secretBox: Pick<SecretBox, 'status' | 'unlock'>;
  readonly providerFetch: Pick<ProviderFetch, 'of'>;
  readonly priceBook: Pick<PriceBook, 'priceOf'>;
  readonly events: AppEvents;
  readonly environment: CorePorts['environment'];
  readonly log: Logger;
}

type ProviderInput = { readonly providerId: string };
type TestResult = { ok: boolean; failure: Failure | null; modelCount: number | null; durationMs: number };

/** The `providers.*` and `keys.*` routes, one method each. Their errors are AppErrors. */
export interface ProviderService {
  /** Those that can be added: not the demo, which is there already. */
  readonly presets: () => { presets: Preset[] };
  readonly list: () => { providers: Provider[] };
  /** BASE_URL_INVALID, INVALID_INPUT, SECRETS_LOCKED. A provider that does not answer is added all the same. */
  readonly add: (input: NewProvider, context: RequestContext) => Promise<Provider>;
  /** NOT_FOUND, CONFLICT, BASE_URL_INVALID. With an address on another host the key is forgotten. */
  readonly update: (input: ProviderChange) => Promise<Provider>;
  readonly remove: (input: ProviderInput) => Promise<void>;
  readonly setKey: (input: ProviderInput & { readonly key: string }) => Promise<Provider>;
  readonly clearKey: (input: ProviderInput) => Promise<Provider>;
  readonly test: (input: ProviderInput, context: RequestContext) => Promise<TestResult>;
  readonly models: (
    input: ProviderInput & { readonly refresh: boolean },
    context: RequestContext,
  ) => Promise<{ models: ModelInfo[]; fetchedAt: number }>;
  readonly findLocal: (input: void, context: RequestContext) => Promise<{ found: LocalServer[] }>;
  readonly environmentOffer: () => { hasKey: boolean; baseUrl: string | null };
  /** NOT_FOUND when there is nothing to import. A provider that stands at the address already gets the key. */
  readonly importEnvironment: (input: void, context: RequestContext) => Promise<Provider>;
  readonly keysStatus: () => Promise<KeyStorage>;
  readonly setPassphrase: (input: { readonly passphrase: string }) => Promise<KeyStorage>;
  readonly unlock: (input: { readonly passphrase: string }) => Promise<KeyStorage>;
}

/** Providers, their keys and their models. Makes sure that the demo provider exists. */
export function createProviderService(deps: ProviderServiceDeps): ProviderService {
  const { store, keys, environment } = deps;
  const changed = (): void => deps.events.emit({ type: 'providers.changed' });
  const editor = createProviderEditor(deps);
  const models = createProviderModels({ ...deps, onProviderChanged: changed });
  inTransaction(deps.db, () => ensureDemo(store, deps.now()));

  function describe(provider: ProviderRow): Provider {
    const { id, preset, kind, name, baseUrl, needsKey, embeddingModelId, smallModelId } = provider;
    const keyProtection = keys.protectionOf(id);
    const hasKey = keyProtection !== 'none';
    return { id, preset, kind, name, baseUrl, needsKey, hasKey, keyProtection, embeddingModelId, smallModelId };
  }

  /** The provider as it is after a change, and word of the change. */
  async function announced(change: Promise<ProviderRow>): Promise<Provider> {
    const { id } = await change;
    changed();
    return describe(existingProvider(store, id));
  }

  const add: ProviderService['add'] = (input, { signal }) =>
    announced(editor.add(input).then((provider) => fetchFirstList(deps, models, provider, signal)));

  return {
    presets: () => ({ presets: presets.filter((preset) => preset.kind !== 'demo') }),
    list: () => ({ providers: store.list().map(describe) }),
    add,
    update: (input) => announced(editor.update(input)),
    async remove({ providerId }) {
      await editor.remove(providerId);
      changed();
    },
    setKey: ({ providerId, key }) => announced(editor.setKey(providerId, key)),
    clearKey: ({ providerId }) => announced(editor.clearKey(providerId)),
    async test({ providerId }, { signal }) {
      return test(deps, models, existingProvider(store, providerId), signal);
    },
    async models({ providerId, refresh }, { signal }) {
      return models[refresh ? 'fetch' : 'list'](existingProvider(store, providerId), { timeoutMs: listTimeoutMs, signal });
    },
    async findLocal(_input, { signal }) {
      const fetch = deps.providerFetch.of({ providerKind: 'local', baseUrl: 'http://localhost' });
      return { found: [...(await findLocal(fetch, signal))] };
    },
    environmentOffer: () => ({ hasKey: environment.openAiKey !== null, baseUrl: environment.openAiBaseUrl }),
    async importEnvironment(_input, context) {
      const offered = providerOfEnvironment(environment);
      if (offered === null) throw new AppError('NOT_FOUND', 'The environment holds nothing to import.');
      const present = store.list().find((provider) => provider.baseUrl === offered.baseUrl);
      if (present === undefined) return add(offered, context);
      return offered.key === null ? describe(present) : announced(editor.setKey(present.id, offered.key));
    },
    keysStatus: () => deps.secretBox.status(),
    async setPassphrase({ passphrase }) {
      await keys.setPassphrase(passphrase);
      changed();
      return deps.secretBox.status();
    },
    async unlock({ passphrase }) {
      await deps.secretBox.unlock(passphrase);
      changed();
      return deps.secretBox.status();
    },
  };
}

/** The first list chooses the embedding model; a provider that does not answer yet gets it with its first test. */
async function fetchFirstList(
  deps: Pick<ProviderServiceDeps, 'log'>,
  models: ProviderModels,
  provider: ProviderRow,
  signal: AbortSignal,
): Promise<ProviderRow> {
  try {
    await models.fetch(provider, { timeoutMs: firstListTimeoutMs, signal });
  } catch (error) {
    deps.log.info('provider.unlisted', { providerId: provider.id, code: failureOf(error, { signal }).code });
  }
  return provider;
}

async function test(
  { now }: Pick<ProviderServiceDeps, 'now'>,
  models: ProviderModels,
  provider: ProviderRow,
  signal: AbortSignal,
): Promise<TestResult> {
  const startedAt = now();
  try {
    const { models: listed } = await models.fetch(provider, { timeoutMs: listTimeoutMs, signal });
    return { ok: true, failure: null, modelCount: listed.length, durationMs: now() - startedAt };
  } catch (error) {
    return { ok: false, failure: failureOf(error, { signal }), modelCount: null, durationMs: now() - startedAt };
  }
}

function ensureDemo(store: ProviderStore, createdAt: number): void {
  if (store.get(demoProviderId) !== undefined) return;
  const { kind, name, baseUrl, needsKey } = presetOf('demo');
  const models = { embeddingModelId: null, smallModelId: null };
  store.insert({ id: demoProviderId, preset: 'demo', kind, name, baseUrl, needsKey, ...models, createdAt });
}
