import { describe, expect, it } from 'vitest';
import { isLoopbackAddress, parseBaseUrl, providerKindOf } from './base-url.ts';

function problemOf(text: string): unknown {
  try {
    return parseBaseUrl(text, '/v1');
  } catch (error) {
    return error;
  }
}

describe('parseBaseUrl', () => {
  it.each([
    [' https://api.openai.com/v1/ ', 'https://api.openai.com/v1'],
    ['https://api.groq.com/openai/v1/chat/completions', 'https://api.groq.com/openai/v1'],
    ['https://gateway.example/chat/completions/', 'https://gateway.example'],
    ['http://localhost:11434', 'http://localhost:11434/v1'],
    ['HTTP://LOCALHOST:8080/v1//', 'http://localhost:8080/v1'],
    ['http://192.168.1.20:8000/v1/models', 'http://192.168.1.20:8000/v1'],
    ['http://[::1]:1234/v1', 'http://[::1]:1234/v1'],
    ['http://gpu-box:8000/v1', 'http://gpu-box:8000/v1'],
  ])('takes %s as %s', (text, expected) => {
    expect(parseBaseUrl(text, '/v1')).toBe(expected);
  });

  it.each([
    ['api.openai.com', 'not_a_url'],
    ['', 'not_a_url'],
    ['file:///etc/passwd', 'not_http'],
    ['javascript:alert(1)', 'not_http'],
    ['https://user:secret@api.example/v1', 'has_credentials'],
    ['https://x.openai.azure.com/openai/deployments/a?api-version=1', 'has_query'],
    ['https://RESOURCE.openai.azure.com/openai/v1', 'placeholder'],
    ['http://169.254.169.254/latest/meta-data', 'metadata_address'],
    ['http://2852039166/v1', 'metadata_address'],
    ['http://[::ffff:169.254.169.254]/v1', 'metadata_address'],
    ['http://[fe80::1]/v1', 'metadata_address'],
    ['http://metadata.google.internal./v1', 'metadata_address'],
    ['http://api.example.com/v1', 'insecure_http'],
    ['http://localhost.example.com/v1', 'insecure_http'],
    ['http://8.8.8.8/v1', 'insecure_http'],
  ])('refuses %s as %s', (text, reason) => {
    expect(problemOf(text)).toMatchObject({ code: 'BASE_URL_INVALID', data: { reason } });
  });
});

describe('providerKindOf', () => {
  it.each([
    ['ollama', 'http://localhost:11434/v1', 'local'],
    ['vllm', 'http://10.0.0.7:8000/v1', 'local'],
    ['vllm', 'https://vllm.example.com/v1', 'remote'],
    ['custom', 'http://127.0.0.1:4000/v1', 'remote'],
    ['custom', 'http://192.168.1.2:4000/v1', 'remote'],
    ['openai', 'http://127.0.0.1:4000/v1', 'remote'],
    ['demo', 'https://demo.invalid/v1', 'demo'],
  ] as const)('%s at %s is %s', (preset, baseUrl, kind) => {
    expect(providerKindOf(preset, baseUrl)).toBe(kind);
  });
});

it('knows every way to write this computer', () => {
  const own = ['http://localhost:1', 'http://127.3.2.1', 'http://[::1]:80', 'http://app.localhost', 'http://0.0.0.0:8000', 'http://0x7f.1'];
  expect(own.filter((address) => !isLoopbackAddress(address))).toEqual([]);
  expect(isLoopbackAddress('http://127.0.0.1.example.com')).toBe(false);
});
