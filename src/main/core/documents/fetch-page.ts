import type { LookupFunction } from 'node:net';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Fetch } from '../ports.ts';
import { failureOf } from '../providers/describe-failure.ts';
import { assertPublic, pageName, parsePageAddress } from './page-address.ts';
import { publicLookup, resolveHost, type ResolveHost } from './public-lookup.ts';

const maxPageBytes = 20 * 1024 * 1024;
const timeLimitMs = 30_000;
const maxRedirects = 5;
/** Servers of plain text say all sorts of things; of what else there is, these can be read. */
const readableType = /^(?:text\/|application\/(?:pdf|json|xml|xhtml\+xml)$)/;

/** One for all, so that its connections can be kept. */
const systemLookup = publicLookup(resolveHost);

/** Of what can go wrong on the way, what there is a sentence for that fits a page as it fits a model. */
const connectionReasons = ['dns', 'unreachable', 'timeout', 'reset', 'proxy_auth'] as const;

export interface FetchPageOptions {
  /** How a request to an address travels; where a lookup is given, its connections are made to what that finds. */
  readonly fetchFor: (url: string, lookup: LookupFunction | null) => Fetch;
  /** Whether an address of this computer or its network is meant, and not a page that leads there. */
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
  /** What the names of hosts stand for; asked for anew for each connection. */
  readonly resolve?: ResolveHost;
}

export interface FetchedPage {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

/**
 * Fetches one web page: its own bytes and nothing it links to, without cookies, from no other host than those its
 * redirects name. Throws AppError PAGE_ADDRESS_INVALID, PAGE_ADDRESS_PRIVATE, PAGE_UNREACHABLE, FILE_UNSUPPORTED,
 * FILE_TOO_LARGE, FILE_EMPTY or CANCELLED.
 */
export async function fetchPage(address: string, options: FetchPageOptions): Promise<FetchedPage> {
  const url = parsePageAddress(address);
  const limit = AbortSignal.timeout(timeLimitMs);
  const signal = AbortSignal.any([options.signal, limit]);
  try {
    const response = await follow(url, options, signal);
    const [mediaType, charset] = contentTypeOf(response);
    if (!readableType.test(mediaType)) {
      throw new AppError('FILE_UNSUPPORTED', 'Not a page.', { data: { reason: 'not_a_page' } });
    }
    const bytes = await readLimited(response);
    if (bytes.length === 0) throw new AppError('FILE_EMPTY', 'The page is empty.');
    return { name: pageName(url), mediaType, bytes: mediaType === 'application/pdf' ? bytes : asUtf8(bytes, charset) };
  } catch (error) {
    throw asPageError(error, url, options.signal, limit);
  }
}

async function follow(first: URL, options: FetchPageOptions, signal: AbortSignal): Promise<Response> {
  const { fetchFor, allowPrivate, resolve } = options;
  const lookup = resolve === undefined ? systemLookup : publicLookup(resolve);
  let url = first;
  for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
    // Leave to reach the private host that was named is no leave to reach another.
    const isConfirmed = allowPrivate && url.host === first.host;
    // Said before anything is sent, also where a proxy connects and its own lookup counts.
    if (!isConfirmed) await assertPublic(url, resolve ?? resolveHost);
    const response = await fetchFor(url.href, isConfirmed ? null : lookup)(url.href, {
      redirect: 'manual',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      headers: {
        accept: 'text/html,application/xhtml+xml,text/*;q=0.9,application/pdf;q=0.8',
        'user-agent': 'Mozilla/5.0 (compatible; Tally)',
      },
      signal,
    });
    const location = response.headers.get('location');
    const isRedirect = response.status >= 300 && response.status < 400 && location !== null;
    if (!isRedirect && response.ok) return response;
    await response.body?.cancel();
    if (!isRedirect) throw new AppError('PAGE_UNREACHABLE', 'The server refused.', { data: { host: url.host, status: response.status } });
    url = parsePageAddress(new URL(location, url).href);
  }
  throw new AppError('PAGE_UNREACHABLE', 'The page leads round in a circle.', { data: { host: first.host } });
}

function contentTypeOf(response: Response): [mediaType: string, charset: string | null] {
  const header = response.headers.get('content-type') ?? 'text/html';
  const charset = /;\s*charset\s*=\s*"?([\w-]{1,40})/i.exec(header)?.[1] ?? null;
  return [(header.split(';')[0] ?? '').trim().toLowerCase(), charset];
}

/** What a server says of its length is not relied on, and what it packed may unpack to anything. */
async function readLimited(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of response.body ?? []) {
    sizeBytes += chunk.length;
    if (sizeBytes > maxPageBytes) {
      throw new AppError('FILE_TOO_LARGE', 'The page is too large.', { data: { limitMegabytes: maxPageBytes / 1024 / 1024 } });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The server's word on the encoding is gone once the page is a file, so it is followed here; a page's own stays in it. */
function asUtf8(bytes: Uint8Array, charset: string | null): Uint8Array {
  if (charset === null || /^utf-?8$/i.test(charset)) return bytes;
  try {
    return Buffer.from(new TextDecoder(charset, { fatal: true }).decode(bytes));
  } catch {
    // Not in that encoding, or in one that nobody knows: the reader finds out for itself.
    return bytes;
  }
}

function asPageError(error: unknown, url: URL, cancel: AbortSignal, limit: AbortSignal): AppError {
  if (cancel.aborted) return new AppError('CANCELLED', 'Fetching was cancelled.');
  if (error instanceof AppError) return error;
  if (error instanceof Error && error.cause instanceof AppError) return error.cause;
  const reason = limit.aborted ? 'timeout' : connectionReasons.find((known) => known === failureOf(error, {}).data?.['reason']);
  const data = { host: url.host, ...(reason !== undefined && { reason }) };
  return new AppError('PAGE_UNREACHABLE', 'The page cannot be fetched.', { data, cause: error });
}
