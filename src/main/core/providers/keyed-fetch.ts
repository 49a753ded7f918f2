import type { Fetch } from '../ports.ts';

/** Longest refusal that is read, in bytes; the rest is dropped. */
const maxRefusalBytes = 64 * 1024;

/** All a provider needs to see. Client libraries add the machine's platform and, from the environment, account names. */
const passedHeaders = ['accept', 'content-type'] as const;

/**
 * The fetch for one provider. The key joins the request only here, as late as possible, so that no client object,
 * callback or error holds it; without a key there is no Authorization header at all. Redirects are not followed,
 * since they would carry the prompt to another host. A refusal that echoes the key arrives without it.
 */
export function keyedFetch(fetch: Fetch, key: string | null, signal?: AbortSignal): Fetch {
  return async (input, init) => {
    signal?.throwIfAborted();
    const given = new Headers(init?.headers);
    const headers = new Headers();
    for (const name of passedHeaders) {
      const value = given.get(name);
      if (value !== null) headers.set(name, value);
    }
    if (key !== null) headers.set('authorization', `Bearer ${key}`);
    const signals = [init?.signal, signal].filter((each) => each !== undefined && each !== null);
    const bound = signals.length === 0 ? {} : { signal: AbortSignal.any(signals) };
    const response = await fetch(input, { ...init, ...bound, headers, redirect: 'manual' });
    return response.ok || key === null ? response : withoutKey(response, key);
  };
}

async function withoutKey(response: Response, key: string): Promise<Response> {
  const text = (await readAtMost(response, maxRefusalBytes)).replaceAll(key, '[key]');
  const headers = new Headers(response.headers);
  // They describe the bytes that were received, not the text made from them.
  headers.delete('content-encoding');
  headers.delete('content-length');
  return new Response(text === '' ? null : text, { status: response.status, statusText: response.statusText, headers });
}

/** The beginning of a body as text, up to `maxBytes`; the connection is given up after that. */
export async function readAtMost(response: Response, maxBytes: number): Promise<string> {
  if (response.body === null) return '';
  const decoder = new TextDecoder();
  let text = '';
  let receivedBytes = 0;
  // A ReadableStream of undici yields bytes; lib.dom types it as any chunk.
  for await (const bytes of response.body as AsyncIterable<Uint8Array>) {
    text += decoder.decode(bytes.subarray(0, maxBytes - receivedBytes), { stream: true });
    receivedBytes += bytes.byteLength;
    if (receivedBytes >= maxBytes) break;
  }
  return text + decoder.decode();
}
