/** Which proxy to use for what, in the terms of the usual environment variables; empty: directly. */
export interface ProxyRules {
  readonly httpProxy: string;
  readonly httpsProxy: string;
  /** Host names, comma-separated, that are reached directly; a name covers what is below it. */
  readonly noProxy: string;
}

export const direct: ProxyRules = { httpProxy: '', httpsProxy: '', noProxy: '' };

/** Model servers on this computer are never reached through a proxy. */
const ownHosts = 'localhost,127.0.0.1,::1';

/** http_proxy and its relatives, of which the lower-case name comes first; null when none is set. */
export function rulesFromEnvironment(environment: NodeJS.ProcessEnv): ProxyRules | null {
  const read = (name: string): string => environment[name] || environment[name.toUpperCase()] || '';
  const fallback = read('all_proxy');
  const httpProxy = read('http_proxy') || fallback;
  const httpsProxy = read('https_proxy') || fallback;
  return httpProxy || httpsProxy ? { httpProxy, httpsProxy, noProxy: read('no_proxy') } : null;
}

/** What `scutil --proxy` prints on macOS. */
export function rulesFromScutil(output: string): ProxyRules {
  const values = new Map([...output.matchAll(/^\s*(\w+) : (.+)$/gm)].map((match) => [match[1], match[2]?.trim() ?? '']));
  const proxy = (kind: 'HTTP' | 'HTTPS'): string => {
    const host = values.get(`${kind}Proxy`);
    return values.get(`${kind}Enable`) === '1' && host ? `http://${host}:${values.get(`${kind}Port`) ?? '80'}` : '';
  };
  const exceptions = /ExceptionsList : <array> \{([^}]*)\}/.exec(output)?.[1] ?? '';
  const noProxy = [...exceptions.matchAll(/^\s*\d+ : (.+)$/gm)].map((match) => match[1]?.trim()).join(',');
  return { httpProxy: proxy('HTTP'), httpsProxy: proxy('HTTPS'), noProxy };
}

/** What `reg query` prints of Windows' "Internet Settings". */
export function rulesFromRegistry(output: string): ProxyRules {
  const values = new Map([...output.matchAll(/^\s*(\w+)\s+REG_\w+\s+(.*)$/gm)].map((match) => [match[1], match[2]?.trim() ?? '']));
  if (Number(values.get('ProxyEnable') ?? 0) !== 1) return direct;
  const server = values.get('ProxyServer') ?? '';
  // Either one address for everything, or `http=host:port;https=host:port`.
  const named = new Map(server.split(';').flatMap((part) => (part.includes('=') ? [part.split('=', 2) as [string, string]] : [])));
  const proxy = (kind: string): string => normalProxyUrl(server.includes('=') ? (named.get(kind) ?? '') : server) ?? '';
  const overrides = (values.get('ProxyOverride') ?? '').split(';').filter((name) => name !== '' && name !== '<local>');
  return { httpProxy: proxy('http'), httpsProxy: proxy('https'), noProxy: overrides.join(',') };
}

/** What Chromium answers for one URL, such as `PROXY host:8080; DIRECT`: the first it would try. */
export function rulesFromPac(answer: string): ProxyRules {
  const [kind = 'DIRECT', address = ''] = (answer.split(';')[0] ?? '').trim().split(/\s+/);
  const scheme = { PROXY: 'http', HTTPS: 'https', SOCKS5: 'socks5' }[kind.toUpperCase()];
  const proxy = scheme === undefined || address === '' ? '' : `${scheme}://${address}`;
  return { httpProxy: proxy, httpsProxy: proxy, noProxy: '' };
}

/** The address as a URL, `http` where no scheme was written; null when it is none. */
export function normalProxyUrl(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed) ? trimmed : `http://${trimmed}`);
  return url !== null && ['http:', 'https:', 'socks5:'].includes(url.protocol) && url.hostname !== '' ? url.href : null;
}

/** The same rules, with this computer itself always reached directly. */
export function exceptOwnHosts(rules: ProxyRules): ProxyRules {
  return { ...rules, noProxy: rules.noProxy === '' ? ownHosts : `${rules.noProxy},${ownHosts}` };
}
