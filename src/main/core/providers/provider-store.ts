import type { ModelInfo, PresetId } from '../../../shared/contract/providers.ts';
import { presetId } from '../../../shared/contract/providers.ts';
import type { ProviderKind } from '../../../shared/contract/usage.ts';
import type { Db } from '../db/database.ts';

/** A provider as it is stored, without its key. */
export interface ProviderRow {
  readonly id: string;
  readonly preset: PresetId;
  readonly kind: ProviderKind;
  readonly name: string;
  readonly baseUrl: string;
  readonly needsKey: boolean;
  readonly embeddingModelId: string | null;
  readonly smallModelId: string | null;
  readonly createdAt: number;
}

/** One line of a provider's model list. Prices in USD per million tokens, and `takesImages`, as the list says. */
export type ListedModel = ModelInfo;

export interface ProviderStore {
  /** Oldest first. */
  list(): readonly ProviderRow[];
  get(id: string): ProviderRow | undefined;
  insert(row: ProviderRow): void;
  /** Everything but `id`, `preset` and `createdAt`. */
  update(row: ProviderRow): void;
  remove(id: string): void;
  /** The list as it was last fetched, in its order; null when it never was. */
  models(providerId: string): { readonly models: readonly ListedModel[]; readonly fetchedAt: number } | null;
  model(providerId: string, modelId: string): ListedModel | undefined;
  replaceModels(providerId: string, models: readonly ListedModel[], fetchedAt: number): void;
}

interface StoredProvider {
  id: string;
  preset: string;
  kind: ProviderKind;
  name: string;
  base_url: string;
  needs_key: 0 | 1;
  embedding_model_id: string | null;
  small_model_id: string | null;
  created_at: number;
}

interface StoredModel {
  model_id: string;
  kind: ModelInfo['kind'];
  context_tokens: number | null;
  input_per_million: number | null;
  output_per_million: number | null;
  takes_images: 0 | 1 | null;
  fetched_at: number;
}

const providerColumns = 'id, preset, kind, name, base_url, needs_key, embedding_model_id, small_model_id, created_at';
const modelColumns = 'model_id, kind, context_tokens, input_per_million, output_per_million, takes_images, fetched_at';

/** Providers and their model lists. Writers call it inside a transaction. */
export function createProviderStore(db: Db): ProviderStore {
  const selectAll = db.prepare<[], StoredProvider>(`SELECT ${providerColumns} FROM provider ORDER BY created_at, id`);
  const selectOne = db.prepare<[string], StoredProvider>(`SELECT ${providerColumns} FROM provider WHERE id = ?`);
  const insert = db.prepare<StoredProvider>(
    `INSERT INTO provider (${providerColumns}) VALUES
     (@id, @preset, @kind, @name, @base_url, @needs_key, @embedding_model_id, @small_model_id, @created_at)`,
  );
  const update = db.prepare<StoredProvider>(
    `UPDATE provider SET kind = @kind, name = @name, base_url = @base_url, needs_key = @needs_key,
     embedding_model_id = @embedding_model_id, small_model_id = @small_model_id WHERE id = @id`,
  );
  const remove = db.prepare<[string]>('DELETE FROM provider WHERE id = ?');
  const selectModels = db.prepare<[string], StoredModel>(
    `SELECT ${modelColumns} FROM provider_model WHERE provider_id = ? ORDER BY position`,
  );
  const selectModel = db.prepare<[string, string], StoredModel>(
    `SELECT ${modelColumns} FROM provider_model WHERE provider_id = ? AND model_id = ?`,
  );
  const removeModels = db.prepare<[string]>('DELETE FROM provider_model WHERE provider_id = ?');
  const insertModel = db.prepare<StoredModel & { provider_id: string; position: number }>(
    `INSERT INTO provider_model (provider_id, position, ${modelColumns}) VALUES
     (@provider_id, @position, @model_id, @kind, @context_tokens, @input_per_million, @output_per_million, @takes_images,
      @fetched_at)`,
  );

  return {
    list: () => selectAll.all().map(toRow),
    get(id) {
      const stored = selectOne.get(id);
      return stored && toRow(stored);
    },
    insert: (row) => void insert.run(toStored(row)),
    update: (row) => void update.run(toStored(row)),
    remove: (id) => void remove.run(id),
    models(providerId) {
      const stored = selectModels.all(providerId);
      const first = stored[0];
      return first === undefined ? null : { models: stored.map(toModel), fetchedAt: first.fetched_at };
    },
    model(providerId, modelId) {
      const stored = selectModel.get(providerId, modelId);
      return stored && toModel(stored);
    },
    replaceModels(providerId, models, fetchedAt) {
      removeModels.run(providerId);
      for (const [position, model] of models.entries()) {
        insertModel.run({
          provider_id: providerId,
          position,
          model_id: model.id,
          kind: model.kind,
          context_tokens: model.contextTokens,
          input_per_million: model.inputPerMillion,
          output_per_million: model.outputPerMillion,
          takes_images: model.takesImages === null ? null : model.takesImages ? 1 : 0,
          fetched_at: fetchedAt,
        });
      }
    },
  };
}

function toRow(stored: StoredProvider): ProviderRow {
  const preset = presetId.safeParse(stored.preset);
  return {
    id: stored.id,
    // A preset of another build: its address and kind are stored, so it works as any compatible provider does.
    preset: preset.success ? preset.data : 'custom',
    kind: stored.kind,
    name: stored.name,
    baseUrl: stored.base_url,
    needsKey: stored.needs_key === 1,
    embeddingModelId: stored.embedding_model_id,
    smallModelId: stored.small_model_id,
    createdAt: stored.created_at,
  };
}

function toStored(row: ProviderRow): StoredProvider {
  return {
    id: row.id,
    preset: row.preset,
    kind: row.kind,
    name: row.name,
    base_url: row.baseUrl,
    needs_key: row.needsKey ? 1 : 0,
    embedding_model_id: row.embeddingModelId,
    small_model_id: row.smallModelId,
    created_at: row.createdAt,
  };
}

function toModel(stored: StoredModel): ListedModel {
  return {
    id: stored.model_id,
    kind: stored.kind,
    contextTokens: stored.context_tokens,
    inputPerMillion: stored.input_per_million,
    outputPerMillion: stored.output_per_million,
    takesImages: stored.takes_images === null ? null : stored.takes_images === 1,
  };
}
