import { expect, it } from 'vitest';
import { providerWords, redact } from './redact.ts';

it.each([
  'Incorrect API key provided: sk-proj-abc123_DEF456-ghi789.',
  'Incorrect API key provided: sk-pr****************************wxyz',
  'authorization: Bearer gsk_4Zk9aQw1',
  'bad header {"api_key": "q1w2e3"}',
  'token 0123456789abcdef0123456789abcdef is unknown',
  'key AIzaSyA-1234567890abcdef was revoked',
])('leaves no key in: %s', (text) => {
  expect(redact(text)).toContain('[key]');
  expect(redact(text)).not.toMatch(/abc123|wxyz|4Zk9|q1w2|0123456789|AIza/);
});

it.each([
  "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens.",
  'The model `text-embedding-nomic-embed-text-v1.5` does not exist or you do not have access to it.',
  'Unsupported value: temperature does not support 0.2 with this model.',
  'You can find your API key at https://platform.openai.com/account/api-keys.',
])('leaves ordinary words alone: %s', (text) => {
  expect(redact(text)).toBe(text);
});

it('cuts only after redacting, so that no part of a key survives the cut', () => {
  const words = providerWords(`${'x '.repeat(140)}sk-${'k'.repeat(60)}`) ?? '';
  expect(words.length).toBeLessThanOrEqual(300);
  expect(words).not.toContain('kkk');
});
