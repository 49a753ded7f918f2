import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDocumentBench, type DocumentBench } from './testing/temporary-documents.ts';

let bench: DocumentBench;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const seen: IncomingMessage[] = [];
const server = createServer((request, response) => {
  seen.push(request);
  answer(request, response);
});
let host = '';

// One service for all, with the one process that reads: each starts in seconds.
beforeAll(async () => {
  bench = await openDocumentBench();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // A TCP server's address is an AddressInfo.
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => void (seen.length = 0));

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await bench.close();
});

function page(html: string | Uint8Array, headers: Record<string, string> = {}): void {
  answer = (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'set-cookie': 'a=b', ...headers }).end(html);
}

const add = async (path = '/guide.php', allowPrivate = true) =>
  bench.service.addPage({ address: `http://${host}${path}`, collectionId: null, allowPrivate });

async function textOf(documentId: string): Promise<string> {
  await bench.service.whenIndexed(documentId);
  return (await bench.service.read({ documentId, startOffset: 0, lengthChars: 10_000 })).text;
}

describe('adding a web page', { timeout: 60_000 }, () => {
  it('stores it as a web page named by its address, and asks for nothing else', async () => {
    page(
      '<html><head><title>Guide</title></head><body><h1>Tides</h1><p>Twice a day.</p><img src="/x.png"><script src="/x.js"></script></body></html>',
    );
    const { documentId, alreadyPresent } = await add();
    expect(await textOf(documentId)).toBe('# Tides\n\nTwice a day.');
    expect(await bench.service.whenIndexed(documentId)).toMatchObject({
      name: `${host}/guide.php`,
      mediaType: 'text/html',
      status: 'ready',
    });
    expect(alreadyPresent).toBe(false);
    expect(seen.map(({ url, headers }) => [url, headers.cookie, headers.referer])).toEqual([['/guide.php', undefined, undefined]]);
  });

  it('makes what it fetches again the new version of the document', async () => {
    page('<p>Old words</p>');
    const first = await add('/changing');
    expect(await textOf(first.documentId)).toBe('Old words');
    expect(await add('/changing')).toMatchObject({ documentId: first.documentId, alreadyPresent: true });
    page('<p>New words</p>');
    expect(await add('/changing')).toMatchObject({
      documentId: first.documentId,
      alreadyPresent: false,
      replacedVersion: expect.any(String),
    });
    expect(await textOf(first.documentId)).toBe('New words');
    expect(seen.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined, undefined]);
  });

  it('follows the encoding its server names', async () => {
    page(Buffer.from('3c703e93fa967b8cea82cc95b68fcd82c582b781423c2f703e', 'hex'), { 'content-type': 'text/html; charset=Shift_JIS' });
    expect(await textOf((await add('/japanese')).documentId)).toBe('日本語の文章です。');
  });

  it('asks before it contacts an address of this computer', async () => {
    page('<p>Secrets</p>');
    await expect(add('/', false)).rejects.toMatchObject({ code: 'PAGE_ADDRESS_PRIVATE', data: { host } });
    expect(seen).toEqual([]);
  });

  it('follows a redirect on the host that was confirmed, and none to another host of this computer', async () => {
    answer = (request, response) => {
      if (request.url === '/old') response.writeHead(301, { location: '/new' }).end();
      else if (request.url === '/trap') response.writeHead(302, { location: `http://localhost:${host.split(':')[1]}/secret` }).end();
      else if (request.url === '/file') response.writeHead(302, { location: 'file:///etc/passwd' }).end();
      else if (request.url === '/loop') response.writeHead(302, { location: '/loop' }).end();
      else response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Moved here</p>');
    };
    expect(await textOf((await add('/old')).documentId)).toBe('Moved here');
    await expect(add('/trap')).rejects.toMatchObject({ code: 'PAGE_ADDRESS_PRIVATE' });
    await expect(add('/file')).rejects.toMatchObject({ code: 'PAGE_ADDRESS_INVALID' });
    await expect(add('/loop')).rejects.toMatchObject({ code: 'PAGE_UNREACHABLE' });
    expect(seen.map(({ url }) => url)).not.toContain('/secret');
  });

  it('refuses what is no page, too much, empty, or refused by its server', async () => {
    const before = await bench.service.list({ collectionId: null });
    page('x', { 'content-type': 'application/zip' });
    await expect(add()).rejects.toMatchObject({ code: 'FILE_UNSUPPORTED', data: { reason: 'not_a_page' } });
    page(gzipSync(Buffer.alloc(30 * 1024 * 1024)), { 'content-encoding': 'gzip' });
    await expect(add()).rejects.toMatchObject({ code: 'FILE_TOO_LARGE', data: { limitMegabytes: 20 } });
    page('');
    await expect(add()).rejects.toMatchObject({ code: 'FILE_EMPTY' });
    answer = (_, response) => response.writeHead(404).end('gone');
    await expect(add()).rejects.toMatchObject({ code: 'PAGE_UNREACHABLE', data: { status: 404 } });
    answer = (request) => void request.socket.destroy();
    await expect(add()).rejects.toMatchObject({ code: 'PAGE_UNREACHABLE', data: { host } });
    expect(await bench.service.list({ collectionId: null })).toEqual(before);
  });

  it('stops fetching when Tally is closed', async () => {
    const asked = Promise.withResolvers<void>();
    answer = () => asked.resolve();
    const adding = add();
    adding.catch(() => undefined);
    await asked.promise;
    await bench.reopen();
    await expect(adding).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
