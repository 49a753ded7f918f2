import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { commonHeaders } from './page-headers.ts';

/** The only kinds of file the page is made of; anything else is not served. */
const contentTypes: Readonly<Record<string, string>> = {
  // Character maps and fonts, for PDFs that do not bring theirs.
  '.bcmap': 'application/octet-stream',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.pfb': 'application/octet-stream',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Reads the file of the built page that a URL's path names; `/` is `index.html`. Null when there is none.
 * Nothing outside `pageDir` is reachable, however the path is written.
 */
export async function readPageFile(pageDir: string, urlPath: string): Promise<PageFile | null> {
  const file = locate(pageDir, urlPath);
  const contentType = file === null ? undefined : contentTypes[path.extname(file)];
  if (file === null || contentType === undefined) return null;
  try {
    const body = await readFile(file);
    // Vite puts a hash of the content into the names under assets/.
    const isImmutable = path.relative(pageDir, file).startsWith(`assets${path.sep}`);
    const cacheControl = isImmutable ? 'private, max-age=31536000, immutable' : 'no-store';
    return { body, headers: { ...commonHeaders, 'content-type': contentType, 'cache-control': cacheControl } };
  } catch {
    return null;
  }
}

function locate(pageDir: string, urlPath: string): string | null {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  // A backslash separates on Windows, a colon names a drive or a stream there; the page has neither.
  if (/[\0\\:]/.test(decoded)) return null;
  const root = path.resolve(pageDir);
  const file = path.resolve(root, `.${decoded === '/' ? '/index.html' : decoded}`);
  return file.startsWith(root + path.sep) ? file : null;
}
