import { reasonsInSilence } from './hidden-reasoning.ts';
import { listOf, objectOf, parseJson, textOf, type JsonObject } from './json-fields.ts';

/** The billable endpoints of an OpenAI-compatible server. */
export type Endpoint = 'chat' | 'responses' | 'embeddings' | 'other';

/** What has to be known of a request to watch and to bill its reply. */
export interface RequestFacts {
  readonly endpoint: Endpoint;
  readonly model: string;
  readonly isStream: boolean;
  readonly asksForStreamUsage: boolean;
  /** The model is likely to think without showing it. */
  readonly reasonsInSilence: boolean;
  /** What the request holds that is billed as input, for counting it here. */
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  /** Billed texts that are no messages: embedding inputs, tool definitions. */
  readonly texts: readonly string[];
  /** Input the caller has tokenized itself, in tokens. */
  readonly tokenIdCount: number;
  /** Images, audio or files are in it, which cannot be counted here. */
  readonly hasUncounted: boolean;
}

/** Reads a request's address and JSON body. Never throws: what is missing stays empty. */
export function readRequest(url: string, body: string, requestedModel: string): RequestFacts {
  const json = objectOf(parseJson(body)) ?? {};
  const endpoint = endpointOf(url);
  const model = textOf(json.model) ?? requestedModel;
  const uncounted = { found: false };
  return {
    endpoint,
    model,
    isStream: json.stream === true && endpoint !== 'embeddings',
    asksForStreamUsage: json.stream_options !== undefined && json.stream_options !== null,
    reasonsInSilence: endpoint !== 'embeddings' && reasonsInSilence(model, effortOf(json)),
    messages: messagesOf(endpoint, json, uncounted),
    texts: textsOf(endpoint, json),
    tokenIdCount: endpoint === 'embeddings' ? countTokenIds(json.input) : 0,
    hasUncounted: uncounted.found,
  };
}

/** The body without `stream_options`, for servers that refuse the field. */
export function withoutStreamOptions(body: string): string {
  const { stream_options: _dropped, ...rest } = objectOf(parseJson(body)) ?? {};
  return JSON.stringify(rest);
}

function endpointOf(url: string): Endpoint {
  const path = url.split(/[?#]/u, 1)[0] ?? '';
  if (path.endsWith('/chat/completions')) return 'chat';
  if (path.endsWith('/responses')) return 'responses';
  if (path.endsWith('/embeddings')) return 'embeddings';
  return 'other';
}

function effortOf(json: JsonObject): string | null {
  return textOf(json.reasoning_effort) ?? textOf(objectOf(json.reasoning)?.effort);
}

function messagesOf(endpoint: Endpoint, json: JsonObject, uncounted: { found: boolean }): RequestFacts['messages'] {
  if (endpoint === 'embeddings') return [];
  const instructions = textOf(json.instructions);
  const listed =
    endpoint === 'responses' && typeof json.input === 'string'
      ? [{ role: 'user', content: json.input }]
      : listOf(json.messages ?? json.input);
  const messages = listed.flatMap((item) => {
    const message = objectOf(item);
    if (message === null) return [];
    return [{ role: textOf(message.role) ?? 'user', content: contentOf(message, uncounted) }];
  });
  return instructions === null ? messages : [{ role: 'system', content: instructions }, ...messages];
}

function contentOf(message: JsonObject, uncounted: { found: boolean }): string {
  const parts = typeof message.content === 'string' ? [message.content] : listOf(message.content).map((part) => partText(part, uncounted));
  const calls = listOf(message.tool_calls).map((call) => JSON.stringify(objectOf(call)?.function ?? ''));
  // Items of the Responses API carry what a tool was asked and what it answered beside the content.
  const tool = [textOf(message.arguments), textOf(message.output)].filter((text) => text !== null);
  return [...parts, ...calls, ...tool].join('\n');
}

function partText(part: unknown, uncounted: { found: boolean }): string {
  const text = textOf(objectOf(part)?.text);
  if (text === null) uncounted.found = true;
  return text ?? '';
}

function textsOf(endpoint: Endpoint, json: JsonObject): readonly string[] {
  if (endpoint === 'embeddings') {
    return typeof json.input === 'string' ? [json.input] : listOf(json.input).filter((item) => typeof item === 'string');
  }
  const tools = listOf(json.tools);
  return tools.length > 0 ? [JSON.stringify(tools)] : [];
}

/** Embedding inputs may be lists of token ids, or lists of such lists. */
function countTokenIds(input: unknown): number {
  return listOf(input).reduce<number>((sum, item) => sum + (typeof item === 'number' ? 1 : listOf(item).length), 0);
}
