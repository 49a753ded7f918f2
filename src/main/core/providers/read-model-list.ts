import { classifyModel } from './classify-model.ts';
import { isRecord } from './is-record.ts';
import { readTakesImages } from './read-takes-images.ts';
import type { ListedModel } from './provider-store.ts';

/** Longest model id taken from a list, in UTF-16 code units; the contract's limit. */
const maxIdChars = 200;
/** Most models of one list that are kept. */
const maxModels = 5_000;

/**
 * The models in a reply of `GET /models`; null when it is not such a list. Understands OpenAI's `{ data: [{ id }] }`,
 * a bare array, and `{ models: [{ name }] }`, with the context sizes, prices and kinds of input that OpenRouter, Groq, Mistral, vLLM,
 * llama.cpp, LM Studio and Together add. Newest first where the list dates its models.
 */
export function readModelList(body: unknown): readonly ListedModel[] | null {
  const entries = entriesOf(body);
  if (entries === null) return null;
  const records = entries.slice(0, maxModels).filter(isRecord);
  const dated = records.length > 0 && records.every((entry) => typeof entry['created'] === 'number');
  const ordered = dated ? records.toSorted((a, b) => Number(b['created']) - Number(a['created'])) : records;
  const byId = new Map<string, ListedModel>();
  for (const entry of ordered) {
    const id = [entry['id'], entry['name'], entry['model']].find((each) => typeof each === 'string')?.trim() ?? '';
    if (id !== '' && id.length <= maxIdChars && !byId.has(id)) byId.set(id, toModel(id, entry));
  }
  return [...byId.values()];
}

function entriesOf(body: unknown): readonly unknown[] | null {
  if (Array.isArray(body)) return body;
  if (!isRecord(body)) return null;
  const list = body['data'] === undefined ? body['models'] : body['data'];
  if (Array.isArray(list)) return list;
  // Ollama without a single model answers { object: 'list', data: null }.
  return list === null && body['object'] === 'list' ? [] : null;
}

function toModel(id: string, entry: Readonly<Record<string, unknown>>): ListedModel {
  const pricing = isRecord(entry['pricing']) ? entry['pricing'] : {};
  return {
    id,
    kind: kindOf(id, entry),
    contextTokens: contextOf(entry),
    inputPerMillion: perMillion(pricing['prompt']),
    outputPerMillion: perMillion(pricing['completion']),
    takesImages: readTakesImages(entry),
  };
}

function kindOf(id: string, entry: Readonly<Record<string, unknown>>): ListedModel['kind'] {
  const { type, capabilities } = entry;
  if (type === 'embedding' || type === 'embeddings') return 'embedding';
  // Mistral says what a model can do.
  if (isRecord(capabilities) && capabilities['completion_chat'] === false) {
    const kind = classifyModel(id);
    return kind === 'chat' ? 'other' : kind;
  }
  return classifyModel(id);
}

function contextOf(entry: Readonly<Record<string, unknown>>): number | null {
  const meta = isRecord(entry['meta']) ? entry['meta'] : {};
  const candidates = [
    entry['context_length'],
    entry['context_window'],
    entry['max_model_len'],
    entry['max_context_length'],
    meta['n_ctx'],
    meta['n_ctx_train'],
  ];
  return candidates.find((each): each is number => Number.isSafeInteger(each) && Number(each) > 0) ?? null;
}

/** OpenRouter's prices are USD per token as text; a negative one means "depends" (its router models). */
function perMillion(perToken: unknown): number | null {
  if (typeof perToken !== 'string' || perToken.trim() === '') return null;
  const price = Number(perToken);
  if (!Number.isFinite(price) || price < 0) return null;
  // Twelve digits: enough for any price, too few to show the binary fraction.
  return Number((price * 1e6).toPrecision(12));
}
