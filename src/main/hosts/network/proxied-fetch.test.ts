import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo, type LookupFunction, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { AppError } from '../../../shared/rpc/errors.ts';
import { createProxiedFetch, type ProxiedFetch } from './proxied-fetch.ts';
import { direct } from './proxy-rules.ts';

let servers: Server[] = [];
let proxied: ProxiedFetch;
let systemRules = direct;

beforeEach(() => {
  systemRules = direct;
  proxied = createProxiedFetch(async () => systemRules);
});

afterEach(async () => {
  await proxied.close();
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  servers = [];
});

async function listen(respond: (request: IncomingMessage, response: ServerResponse) => void): Promise<{ server: Server; port: number }> {
  const server = createServer(respond);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an AddressInfo.
  return { server, port: (server.address() as AddressInfo).port };
}

/** A proxy that sends everything it is asked for to one server, whatever its name. */
async function startProxy(targetPort: number): Promise<{ port: number; asked: string[] }> {
  const asked: string[] = [];
  const { server, port } = await listen((request, response) => {
    asked.push(request.url ?? '');
    response.end('through the proxy');
  });
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    asked.push(request.url ?? '');
    const target = connect(targetPort, '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'));
    target.pipe(client).pipe(target);
    client.on('error', () => target.destroy());
  });
  return { port, asked };
}

it('goes through the proxy set by hand, except to this computer itself', async () => {
  const { port } = await listen((_, response) => response.end('from the server'));
  const proxy = await startProxy(port);
  const fetch = proxied.fetchFor({ mode: 'manual', url: `127.0.0.1:${proxy.port}` });
  await (await fetch('http://model.test/v1/models')).text();
  expect(proxy.asked).toHaveLength(1);
  expect(proxy.asked[0]).toContain('model.test');
  await expect((await fetch(`http://127.0.0.1:${port}/`)).text()).resolves.toBe('from the server');
  await expect((await fetch(`http://localhost:${port}/`)).text()).resolves.toBe('from the server');
  expect(proxy.asked).toHaveLength(1);
});

it('follows the system from one request to the next', async () => {
  const { port } = await listen((_, response) => response.end('from the server'));
  const proxy = await startProxy(port);
  const fetch = proxied.fetchFor({ mode: 'system' });
  await expect(fetch('http://model.test/')).rejects.toThrow();
  systemRules = { httpProxy: `http://127.0.0.1:${proxy.port}`, httpsProxy: '', noProxy: '' };
  await (await fetch('http://model.test/')).text();
  expect(proxy.asked).toHaveLength(1);
});

it('says that a proxy address is none', async () => {
  await expect(proxied.fetchFor({ mode: 'manual', url: 'ftp://x' })('http://model.test/')).rejects.toMatchObject({
    code: 'NETWORK_UNREACHABLE',
  });
});

it('takes a key to no other place than the one it was given for', async () => {
  const seen: (string | undefined)[] = [];
  const elsewhere = await listen((request, response) => {
    seen.push(request.headers.authorization ?? request.headers['api-key']?.toString());
    response.end('elsewhere');
  });
  const { port } = await listen((_, response) => {
    response.writeHead(307, { location: `http://127.0.0.1:${elsewhere.port}/` });
    response.end();
  });
  const fetch = proxied.fetchFor({ mode: 'none' });
  for (const headers of [{ authorization: 'Bearer sk-1' }, { 'api-key': 'sk-2' }]) {
    await expect(fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body: '{}' })).resolves.toMatchObject({ status: 307 });
  }
  expect(seen).toEqual([]);
  await expect((await fetch(`http://127.0.0.1:${port}/`)).text()).resolves.toBe('elsewhere');
  expect(seen).toEqual([undefined]);
});

it('sends a body with its length, streams the answer and stops when told to', async () => {
  const lengths: (string | undefined)[] = [];
  const { promise: isGone, resolve: gone } = Promise.withResolvers<void>();
  const { port } = await listen((request, response) => {
    lengths.push(request.headers['content-length']);
    response.on('close', gone);
    response.write('first');
  });
  const controller = new AbortController();
  const fetch = proxied.fetchFor({ mode: 'none' });
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{"a":1}', signal: controller.signal });
  const reader = response.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toBe('first');
  controller.abort();
  await expect(reader?.read()).rejects.toMatchObject({ name: 'AbortError' });
  await isGone;
  expect(lengths).toEqual(['7']);
});

it('connects to what the lookup it was given finds, and asks it again for the next connection', async () => {
  const { server, port } = await listen((request, response) => response.end(`reached as ${request.headers.host}`));
  const asked: string[] = [];
  const lookup: LookupFunction = (name, _, callback) => {
    asked.push(name);
    if (asked.length === 1) callback(null, [{ address: '127.0.0.1', family: 4 }]);
    else callback(new AppError('PAGE_ADDRESS_PRIVATE', 'Somewhere else by now.'), []);
  };
  const fetch = proxied.fetchFor({ mode: 'none' }, lookup);
  await expect((await fetch(`http://page.test:${port}/`)).text()).resolves.toBe(`reached as page.test:${port}`);
  server.closeAllConnections();
  await expect(fetch(`http://page.test:${port}/`)).rejects.toMatchObject({ cause: { code: 'PAGE_ADDRESS_PRIVATE' } });
  expect(asked).toEqual(['page.test', 'page.test']);
  // Neither its connections nor its lookup are another fetch's.
  await expect(proxied.fetchFor({ mode: 'none' })(`http://page.test:${port}/`)).rejects.toThrow();
  expect(asked).toHaveLength(2);
});

it('leaves the way to the proxy out of it', async () => {
  const proxy = await startProxy(1);
  const lookup: LookupFunction = (_name, _options, callback) => callback(new Error('Nobody was to ask.'), []);
  const fetch = proxied.fetchFor({ mode: 'manual', url: `127.0.0.1:${proxy.port}` }, lookup);
  await expect((await fetch('http://page.test/')).text()).resolves.toBe('through the proxy');
});
