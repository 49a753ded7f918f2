import type { Protocol } from 'electron';
import { readPageFile } from '../page/page-file.ts';
import { commonHeaders } from '../page/page-headers.ts';

const scheme = 'app';
const host = 'tally';

/** Where the page lives. A scheme of its own has an origin, a CSP and storage, which `file:` has not. */
export const pageOrigin = `${scheme}://${host}`;

/** Must be called before the app is ready. */
export function registerPageScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

/** Serves the built page at `app://tally/`, and nothing else. */
export function servePage(protocol: Pick<Protocol, 'handle'>, pageDir: string): void {
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    const file = url.host === host && request.method === 'GET' ? await readPageFile(pageDir, url.pathname) : null;
    if (file === null) return new Response(null, { status: 404, headers: commonHeaders });
    return new Response(new Uint8Array(file.body), { headers: file.headers });
  });
}

/** Whether a URL is the page itself. */
export function isPageUrl(url: string): boolean {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol === `${scheme}:` && parsed.host === host;
}
