import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CorePorts } from '../../core/ports.ts';
import { samplePorts } from './sample-ports.ts';

let seen: string[];
let serverUrl: string;
const server = createServer((request, response) => {
  seen.push(`${request.method} ${request.url} ${request.headers['authorization'] ?? 'no key'}`);
  response.end('here');
});

beforeEach(async () => {
  seen = [];
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A TCP server's address is an object; only a pipe's is a string.
  serverUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

const outside = (): never => {
  throw new Error('This would have left the computer.');
};

function portsFor(url: string): CorePorts {
  const real = {
    secretBox: { status: outside, seal: outside },
    fetchFor: outside,
    environment: { openAiKey: 'sk-real', openAiBaseUrl: null },
  };
  // Only what is replaced, or must not be asked.
  return samplePorts(real as unknown as CorePorts, url);
}

it('sends what is meant for a provider to the sample server, by whatever proxy and however it is asked', async () => {
  const { fetchFor } = portsFor(serverUrl);
  const headers = { authorization: 'Bearer k' };
  await fetchFor({ mode: 'system' })('https://api.openai.com/v1/models?x=1', { headers });
  await fetchFor({ mode: 'manual', url: 'http://proxy.example' })(new URL('https://openrouter.ai/api/v1/models'));
  const request = new Request('http://127.0.0.1:11434/v1/chat/completions', { method: 'POST', body: '{}', headers });
  expect(await (await fetchFor({ mode: 'none' })(request)).text()).toBe('here');
  expect(seen).toEqual([
    'GET /api.openai.com/v1/models?x=1 Bearer k',
    'GET /openrouter.ai/api/v1/models no key',
    'POST /127.0.0.1:11434/v1/chat/completions Bearer k',
  ]);
});

it('neither asks the keyring nor offers a key of the environment', async () => {
  const { secretBox, environment, isSample } = portsFor(serverUrl);
  expect(await secretBox.seal('name', 'sk-1')).toEqual({ protection: 'session', sealed: null });
  expect(await secretBox.status()).toMatchObject({ protection: 'session', canUsePassphrase: false });
  await expect(secretBox.open('name', { protection: 'os_keyring', sealed: null })).rejects.toMatchObject({ code: 'KEY_MISSING' });
  expect(environment).toMatchObject({ openAiKey: null, openAiBaseUrl: null });
  expect(isSample).toBe(true);
});

it('takes only a server on this computer', () => {
  for (const url of ['https://127.0.0.1:4000', 'http://127.0.0.1:4000/x', 'http://127.0.0.1.example:4000', 'http://127.0.0.1:99999', '']) {
    expect(() => portsFor(url), url).toThrow('on this computer');
  }
});
