import { reasonsInSilence } from './hidden-reasoning.ts';
import { objectOf, parseJson, textOf, type JsonObject } from './json-fields.ts';

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
  /** The JSON body; empty when it is none. */
  readonly body: JsonObject;
}

/** Reads a request's address and JSON body. Never throws: what is missing stays empty. */
export function readRequest(url: string, body: string, requestedModel: string): RequestFacts {
  const json = objectOf(parseJson(body)) ?? {};
  const endpoint = endpointOf(url);
  const model = textOf(json.model) ?? requestedModel;
  return {
    endpoint,
    model,
    isStream: json.stream === true && endpoint !== 'embeddings',
    asksForStreamUsage: json.stream_options !== undefined && json.stream_options !== null,
    reasonsInSilence: endpoint !== 'embeddings' && reasonsInSilence(model, effortOf(json)),
    body: json,
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
