import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fetchPage } from '../src/main/core/documents/fetch-page.ts';
import { createProxiedFetch, type ProxiedFetch } from '../src/main/hosts/network/proxied-fetch.ts';
import { direct } from '../src/main/hosts/network/proxy-rules.ts';

const { signal } = new AbortController();
const onTheInternet = '93.184.215.14';
const asked: string[] = [];
const server = createServer((request, response) => {
  asked.push(`${request.headers.host} ${request.url}`);
  if (request.url === '/trap') response.writeHead(302, { location: `http://changing.test:${port}/secret` }).end();
  else response.writeHead(200, { 'content-type': 'text/plain' }).end('Only for this network.');
});
let port = 0;
let proxied: ProxiedFetch;

beforeEach(async () => {
  asked.length = 0;
  proxied = createProxiedFetch(async () => direct);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  // A TCP server's address is an AddressInfo.
  port = (server.address() as AddressInfo).port;
});

afterEach(async () => {
  await proxied.close();
  server.closeAllConnections();
  server.close();
});

/** A name server whose answer for a name is another one each time; the last one stays. */
function changingNames(answers: Readonly<Record<string, readonly (readonly string[])[]>>) {
  const left = new Map(Object.entries(answers).map(([host, all]) => [host, [...all]]));
  return async (host: string): Promise<readonly string[]> => {
    const own = left.get(host) ?? [];
    return (own.length > 1 ? own.shift() : own[0]) ?? [];
  };
}

const fetchWith = (address: string, answers: Readonly<Record<string, readonly (readonly string[])[]>>, allowPrivate = false) =>
  fetchPage(address, {
    fetchFor: (_url, lookup) => proxied.fetchFor({ mode: 'none' }, lookup ?? undefined),
    allowPrivate,
    signal,
    resolve: changingNames(answers),
  });

it('does not connect to this network by a name that was on the internet when it was asked about', async () => {
  const answers = { 'changing.test': [[onTheInternet], ['127.0.0.1']] };
  await expect(fetchWith(`http://changing.test:${port}/secret`, answers)).rejects.toMatchObject({
    code: 'PAGE_ADDRESS_PRIVATE',
    data: { host: 'changing.test' },
  });
  expect(asked).toEqual([]);
});

it('does not connect when only one of the addresses is of this network', async () => {
  const answers = { 'changing.test': [[onTheInternet], [onTheInternet, '::1']] };
  await expect(fetchWith(`http://changing.test:${port}/`, answers)).rejects.toMatchObject({ code: 'PAGE_ADDRESS_PRIVATE' });
  expect(asked).toEqual([]);
});

it('looks at the addresses of a redirect as it connects, too', async () => {
  const answers = { 'changing.test': [[onTheInternet], ['127.0.0.1']] };
  await expect(fetchWith(`http://127.0.0.1:${port}/trap`, answers, true)).rejects.toMatchObject({ code: 'PAGE_ADDRESS_PRIVATE' });
  expect(asked).toEqual([`127.0.0.1:${port} /trap`]);
});

it('says that nobody knows a name', async () => {
  await expect(fetchWith('http://unknown.test/', {})).rejects.toMatchObject({ code: 'PAGE_UNREACHABLE', data: { reason: 'dns' } });
});
