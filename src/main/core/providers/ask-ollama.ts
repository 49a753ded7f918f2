import { isRecord } from './is-record.ts';
import { requestJson, type ModelListRequest } from './list-models.ts';
import type { ListedModel } from './provider-store.ts';
import { readTakesImages } from './read-takes-images.ts';

/** Most models that are asked about at once, and in all. */
const atOnce = 4;
const mostAsked = 100;

/**
 * The models of an Ollama server with what its list does not say, but a question about each does: whether it takes images. Those that are
 * `known` from an earlier list are not asked about again. Where there is no answer, as before Ollama 0.6.4, nobody knows.
 */
export async function askOllama(
  request: ModelListRequest,
  listed: readonly ListedModel[],
  known: readonly ListedModel[],
): Promise<readonly ListedModel[]> {
  const answers = new Map(known.map(({ id, takesImages }) => [id, takesImages]));
  const open = listed.filter(({ id, kind }) => kind === 'chat' && (answers.get(id) ?? null) === null).slice(0, mostAsked);
  const root = { ...request, baseUrl: request.baseUrl.replace(/\/v1$/u, '') };
  for (let at = 0; at < open.length; at += atOnce) {
    const asked = open.slice(at, at + atOnce).map(async ({ id }) => {
      const told = await requestJson(root, '/api/show', { model: id });
      answers.set(id, isRecord(told) ? readTakesImages(told) : null);
    });
    await Promise.allSettled(asked);
  }
  return listed.map((model) => ({ ...model, takesImages: answers.get(model.id) ?? model.takesImages }));
}
