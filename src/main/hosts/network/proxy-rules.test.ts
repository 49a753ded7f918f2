import { describe, expect, it } from 'vitest';
import { direct, normalProxyUrl, rulesFromEnvironment, rulesFromPac, rulesFromRegistry, rulesFromScutil } from './proxy-rules.ts';

const scutil = `<dictionary> {
  ExceptionsList : <array> {
    0 : *.local
    1 : 169.254/16
  }
  HTTPEnable : 1
  HTTPPort : 3128
  HTTPProxy : proxy.example.com
  HTTPSEnable : 0
  HTTPSPort : 3129
  HTTPSProxy : off.example.com
}`;

function registry(lines: readonly string[]): string {
  return [
    String.raw`HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Internet Settings`,
    ...lines.map((line) => `    ${line}`),
  ].join('\r\n');
}

describe('the proxy the system has', () => {
  it('comes from the environment, lower case first, ALL_PROXY last', () => {
    expect(rulesFromEnvironment({})).toBeNull();
    expect(
      rulesFromEnvironment({ http_proxy: 'http://a:1', HTTP_PROXY: 'http://b:2', ALL_PROXY: 'http://c:3', NO_PROXY: 'x.test' }),
    ).toEqual({
      httpProxy: 'http://a:1',
      httpsProxy: 'http://c:3',
      noProxy: 'x.test',
    });
  });

  it('comes from macOS, of which only what is enabled counts', () => {
    expect(rulesFromScutil(scutil)).toEqual({ httpProxy: 'http://proxy.example.com:3128', httpsProxy: '', noProxy: '*.local,169.254/16' });
    expect(rulesFromScutil('<dictionary> {\n}')).toEqual(direct);
  });

  it('comes from Windows, one for all or one for each, and not when it is switched off', () => {
    const override = 'ProxyOverride    REG_SZ    localhost;*.corp;<local>';
    expect(rulesFromRegistry(registry(['ProxyEnable    REG_DWORD    0x1', 'ProxyServer    REG_SZ    proxy:8080', override]))).toEqual({
      httpProxy: 'http://proxy:8080/',
      httpsProxy: 'http://proxy:8080/',
      noProxy: 'localhost,*.corp',
    });
    expect(rulesFromRegistry(registry(['ProxyEnable    REG_DWORD    0x1', 'ProxyServer    REG_SZ    http=a:1;https=b:2']))).toMatchObject({
      httpProxy: 'http://a:1/',
      httpsProxy: 'http://b:2/',
    });
    expect(rulesFromRegistry(registry(['ProxyEnable    REG_DWORD    0x0', 'ProxyServer    REG_SZ    proxy:8080']))).toEqual(direct);
  });

  it('comes from Chromium, of whose list the first is taken', () => {
    expect(rulesFromPac('DIRECT')).toEqual(direct);
    expect(rulesFromPac('PROXY p.test:80; DIRECT')).toMatchObject({ httpProxy: 'http://p.test:80', httpsProxy: 'http://p.test:80' });
    expect(rulesFromPac('SOCKS5 s.test:1080')).toMatchObject({ httpsProxy: 'socks5://s.test:1080' });
    expect(rulesFromPac('SOCKS s.test:1080')).toEqual(direct);
  });
});

it('takes an address without a scheme and nothing that is no proxy', () => {
  expect(normalProxyUrl(' proxy.test:8080 ')).toBe('http://proxy.test:8080/');
  expect(normalProxyUrl('socks5://proxy.test:1080')).toBe('socks5://proxy.test:1080');
  for (const wrong of ['', 'ftp://proxy.test', 'file:///etc/passwd', 'http://']) expect(normalProxyUrl(wrong)).toBeNull();
});
