import { expect, it } from 'vitest';
import { retryAfterMs } from './retry-after.ts';

it('reads the time to wait from headers in each of their forms, and from words', () => {
  const headers = (values: Record<string, string>) => (name: string) => values[name] ?? null;
  const now = Date.parse('2026-11-23T10:00:00Z');
  expect(retryAfterMs(headers({ 'retry-after-ms': '1500', 'retry-after': '9' }), '', now)).toBe(1_500);
  expect(retryAfterMs(headers({ 'retry-after': ' 1.5 ' }), '', now)).toBe(1_500);
  expect(retryAfterMs(headers({ 'retry-after': 'Mon, 23 Nov 2026 10:00:20 GMT' }), '', now)).toBe(20_000);
  expect(retryAfterMs(headers({}), 'Please try again in 1m26.4s. Visit', now)).toBe(86_400);
  expect(retryAfterMs(headers({}), 'Please try again in 820ms.', now)).toBe(820);
  expect(retryAfterMs(headers({}), 'try again later', now)).toBeNull();
});
