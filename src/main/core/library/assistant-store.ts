import type { Assistant } from '../../../shared/contract/library.ts';
import type { ModelParameters } from '../../../shared/contract/parameters.ts';
import { usualParameters } from '../../../shared/usual-parameters.ts';
import type { Db } from '../db/database.ts';

interface StoredAssistant extends Omit<Assistant, 'model' | 'parameters' | 'collectionIds'> {
  providerId: string | null;
  modelId: string | null;
  parametersJson: string;
  collectionIdsJson: string | null;
}

/** Reads and writes `assistant`. */
export function createAssistantStore(db: Db) {
  const all = db.prepare<[], StoredAssistant>(`
    SELECT id, name, symbol, colour, system_prompt AS systemPrompt, provider_id AS providerId, model_id AS modelId,
      parameters_json AS parametersJson, collection_ids_json AS collectionIdsJson
    FROM assistant ORDER BY name COLLATE NOCASE, id`);
  const save = db.prepare<[StoredAssistant & { now: number }]>(`
    INSERT INTO assistant (id, name, symbol, colour, system_prompt, provider_id, model_id, parameters_json, collection_ids_json, updated_at)
    VALUES (@id, @name, @symbol, @colour, @systemPrompt, @providerId, @modelId, @parametersJson, @collectionIdsJson, @now)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, symbol = excluded.symbol, colour = excluded.colour,
      system_prompt = excluded.system_prompt, provider_id = excluded.provider_id, model_id = excluded.model_id,
      parameters_json = excluded.parameters_json, collection_ids_json = excluded.collection_ids_json, updated_at = excluded.updated_at`);
  const remove = db.prepare<[string]>('DELETE FROM assistant WHERE id = ?');

  return {
    /** By name. */
    all: (): Assistant[] => all.all().map(toAssistant),
    /** Adds it, or changes the one of this id. */
    save({ model, parameters, collectionIds, ...rest }: Assistant, now: number): void {
      save.run({
        ...rest,
        providerId: model?.providerId ?? null,
        modelId: model?.modelId ?? null,
        parametersJson: JSON.stringify(parameters),
        collectionIdsJson: collectionIds === null ? null : JSON.stringify(collectionIds),
        now,
      });
    },
    /** Does nothing when there is none. */
    remove(id: string): void {
      remove.run(id);
    },
  };
}

function toAssistant({ providerId, modelId, parametersJson, collectionIdsJson, ...rest }: StoredAssistant): Assistant {
  return {
    ...rest,
    model: providerId !== null && modelId !== null ? { providerId, modelId } : null,
    // Both written by `save` above, of these types; there may be parameters now that there were not then.
    parameters: { ...usualParameters, ...(JSON.parse(parametersJson) as Partial<ModelParameters>) },
    collectionIds: collectionIdsJson === null ? null : (JSON.parse(collectionIdsJson) as string[]),
  };
}
