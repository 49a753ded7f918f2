import type { LookupFunction } from 'node:net';
import { EnvHttpProxyAgent, fetch as undiciFetch, type Dispatcher } from 'undici';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Fetch, ProxySetting } from '../../core/ports.ts';
import { direct, exceptOwnHosts, normalProxyUrl, type ProxyRules } from './proxy-rules.ts';

/** No limits here: the meter has its own watchdog, which knows a model that is thinking from one that hangs. */
const headersTimeoutMs = 0;
const bodyTimeoutMs = 0;

/** Headers that carry a key. Only the first is dropped by fetch itself when a redirect leaves for another host. */
const keyHeaders = ['authorization', 'api-key', 'x-api-key', 'x-goog-api-key'];

export interface ProxiedFetch {
  readonly fetchFor: (proxy: ProxySetting, lookup?: LookupFunction) => Fetch;
  /** Ends every connection. */
  readonly close: () => Promise<void>;
}

/** `systemProxy` says what proxy the system has for a URL; it is asked for each request in `system` mode. */
export function createProxiedFetch(systemProxy: (url: string) => Promise<ProxyRules>): ProxiedFetch {
  /** By lookup and rules: a connection made by one is not used by another. */
  const dispatchers = new Map<LookupFunction | undefined, Map<string, Dispatcher>>();

  function dispatcherFor(rules: ProxyRules, lookup: LookupFunction | undefined): Dispatcher {
    const key = JSON.stringify(rules);
    const own = dispatchers.get(lookup) ?? new Map<string, Dispatcher>();
    dispatchers.set(lookup, own);
    const known = own.get(key);
    if (known !== undefined) return known;
    const timeouts = { headersTimeout: headersTimeoutMs, bodyTimeout: bodyTimeoutMs };
    const made = new EnvHttpProxyAgent({ ...exceptOwnHosts(rules), ...timeouts, ...(lookup && { connect: { lookup } }) });
    own.set(key, made);
    return made;
  }

  async function rulesFor(proxy: ProxySetting, url: string): Promise<ProxyRules> {
    if (proxy.mode === 'none') return direct;
    if (proxy.mode === 'system') return systemProxy(url);
    const address = normalProxyUrl(proxy.url);
    if (address === null) throw new AppError('NETWORK_UNREACHABLE', 'The proxy set by hand is not an address.');
    return { httpProxy: address, httpsProxy: address, noProxy: '' };
  }

  function fetchFor(proxy: ProxySetting, lookup?: LookupFunction): Fetch {
    return async (input, init) => {
      // The global Request and undici's are different classes; read what it holds instead of passing it on.
      const request = new Request(input, init);
      const dispatcher = dispatcherFor(await rulesFor(proxy, request.url), lookup);
      const hasKey = keyHeaders.some((name) => request.headers.has(name));
      const response = await undiciFetch(request.url, {
        method: request.method,
        headers: [...request.headers],
        // As a string it goes out with its length; some servers do not take a body in chunks.
        body: typeof init?.body === 'string' ? init.body : request.body,
        signal: request.signal,
        dispatcher,
        duplex: 'half',
        // Nobody but the address it was given for gets a key, so a redirect comes back as the answer.
        redirect: hasKey ? 'manual' : request.redirect,
      });

      return response;
    };
  }

  return {
    fetchFor,
    async close() {
      const open = [...dispatchers.values()].flatMap((own) => [...own.values()]);
      dispatchers.clear();
      await Promise.all(open.map((dispatcher) => dispatcher.destroy()));
    },
  };
}
