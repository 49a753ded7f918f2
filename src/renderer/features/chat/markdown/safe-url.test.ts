import { expect, it } from 'vitest';
import { hostOf, openableUrl } from './safe-url.ts';

it.each([
  'javascript:alert(1)',
  ' javascript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  '//host/x',
  '/x',
  '#x',
  'smb://h/s',
  '',
  undefined,
])('does not open %j', (href) => expect(openableUrl(href)).toBeNull());

it.each([
  ['https://example.org/a?b', 'example.org'],
  ['http://localhost:8080/', 'localhost:8080'],
  ['mailto:ada@example.org', 'ada@example.org'],
])('opens %s and names %s', (href, host) => {
  expect(openableUrl(href)?.href).toBe(href);
  expect(hostOf(href)).toBe(host);
});

it('names the real host of an address that pretends to be another', () => {
  expect(hostOf('https://bank.example@evil.example/')).toBe('evil.example');
});
