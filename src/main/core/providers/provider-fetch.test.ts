import { expect, it } from 'vitest';
import type { Fetch, ProxySetting } from '../ports.ts';
import { createProviderFetch } from './provider-fetch.ts';
import { createTemporaryProviders } from './testing/temporary-providers.ts';

it('sends the demo nowhere, this computer directly, and the rest by the proxy of the moment', async () => {
  const parts = createTemporaryProviders();
  const made: string[] = [];
  const fetchFor = (proxy: ProxySetting): Fetch => {
    made.push(proxy.mode);
    const name = proxy.mode === 'manual' ? proxy.url : proxy.mode;
    return async () => new Response(name);
  };
  const demoFetch: Fetch = async () => new Response('demo');
  const providerFetch = createProviderFetch({ fetchFor, settings: parts.settings, demoFetch });
  const wayTo = async (providerKind: 'remote' | 'local' | 'demo', baseUrl: string): Promise<string> =>
    (await providerFetch.of({ providerKind, baseUrl })(baseUrl)).text();

  expect(await wayTo('remote', 'https://api.openai.com/v1')).toBe('system');
  parts.settings.update({ proxy: { mode: 'manual', url: 'http://proxy.example:3128' } });
  parts.settings.update({ theme: 'dark' });
  expect(await wayTo('remote', 'https://api.openai.com/v1')).toBe('http://proxy.example:3128');
  expect(await wayTo('local', 'http://192.168.1.5:8000/v1')).toBe('none');
  expect(await wayTo('remote', 'http://127.0.0.1:4000/v1')).toBe('none');
  expect(await wayTo('demo', 'https://demo.invalid/v1')).toBe('demo');
  expect(made).toEqual(['none', 'system', 'manual']);
  await parts.close();
});
