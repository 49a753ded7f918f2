import { expect, it } from 'vitest';
import { assertPublic, pageName, parsePageAddress } from './page-address.ts';

const nobody = () => Promise.resolve([]);

it.each([
  'http://127.0.0.1/', 'http://127.1/', 'http://2130706433/', 'http://0x7f.1/', 'http://0/', 'http://localhost:8080/', 'http://LOCALHOST./', 'http://a.localhost/',
  'http://10.0.0.1/', 'http://172.16.9.9/', 'http://192.168.1.1/', 'http://100.64.0.1/', 'http://169.254.169.254/latest/meta-data', 'http://224.0.0.1/', 'http://255.255.255.255/',
  'http://[::1]/', 'http://[::]/', 'http://[fe80::1]/', 'http://[fd00::1]/', 'http://[::ffff:127.0.0.1]/', 'http://[::ffff:c0a8:101]/', 'http://[64:ff9b::7f00:1]/', 'http://[2002:7f00:1::]/',
  'http://router/', 'http://nas.local/', 'http://printer.lan/', 'http://metadata.google.internal/',
])('keeps %s for those who confirm it', async (address) => {
  await expect(assertPublic(parsePageAddress(address), nobody)).rejects.toMatchObject({ code: 'PAGE_ADDRESS_PRIVATE' });
}); // prettier-ignore

it('looks at every address that a name stands for', async () => {
  const url = parsePageAddress('example.com/a');
  await expect(assertPublic(url, () => Promise.resolve(['93.184.215.14', '2606:2800:21f:cb07::1']))).resolves.toBeUndefined();
  for (const address of ['127.0.0.1', '10.1.2.3', '::ffff:10.1.2.3', 'fe80::1']) {
    const mixed = assertPublic(url, () => Promise.resolve(['93.184.215.14', address]));
    await expect(mixed).rejects.toMatchObject({ code: 'PAGE_ADDRESS_PRIVATE', data: { host: 'example.com' } });
  }
  // Behind a proxy that knows the names.
  await expect(assertPublic(url, nobody)).resolves.toBeUndefined();
});

it.each([
  '',
  'file:///etc/passwd',
  'ftp://example.com/',
  'javascript:alert(1)',
  'data:text/html,x',
  'https://',
  'https://user:secret@example.com/',
  'not an address',
])('takes %j for no address of a page', (address) => {
  expect(() => parsePageAddress(address)).toThrow(expect.objectContaining({ code: 'PAGE_ADDRESS_INVALID' }));
});

it('names a page by its address', () => {
  expect(pageName(parsePageAddress(' Example.com/docs/a.php?id=1#part '))).toBe('example.com/docs/a.php?id=1');
  expect(pageName(parsePageAddress('http://example.com:8080'))).toBe('example.com:8080');
});
