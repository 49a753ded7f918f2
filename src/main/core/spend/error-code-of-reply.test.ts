import { describe, expect, it } from 'vitest';
import { errorCodeOfObject, errorCodeOfStatus, findError, judgeConnectionError } from './error-code-of-reply.ts';

describe('errors in a reply', () => {
  it.each([
    [{ error: { code: 'context_length_exceeded' } }, 'CONTEXT_TOO_LONG'],
    [{ error: { code: 429, message: 'Provider returned error' }, choices: [{ finish_reason: 'error' }] }, 'RATE_LIMITED'],
    [{ error: { code: 502 } }, 'STREAM_ERROR'],
    [{ error: 'model is overloaded' }, 'STREAM_ERROR'],
    [{ error: { code: 'constructor' } }, 'STREAM_ERROR'],
    [{ type: 'error', code: 'insufficient_quota', message: '' }, 'QUOTA_EXCEEDED'],
    [{ type: 'response.failed', response: { error: { code: 'rate_limit_exceeded' } } }, 'RATE_LIMITED'],
  ])('%j', (payload, code) => {
    const error = findError(payload);
    expect(error && errorCodeOfObject(error, 'STREAM_ERROR')).toBe(code);
  });

  it.each([{ error: null }, { error: '' }, { response: { error: null } }, {}])('none in %j', (payload) => {
    expect(findError(payload)).toBeNull();
  });

  it('words come before the status', () => {
    expect(errorCodeOfStatus(429, { code: 'insufficient_quota' })).toBe('QUOTA_EXCEEDED');
    expect(errorCodeOfStatus(429, null)).toBe('RATE_LIMITED');
    expect(errorCodeOfStatus(404, { code: 'model_not_found' })).toBe('MODEL_NOT_FOUND');
    expect(errorCodeOfStatus(418, null)).toBe('REQUEST_REJECTED');
  });
});

describe('a connection that failed', () => {
  const failed = (code: string): Error => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });

  it.each([
    ['ECONNREFUSED', 'NETWORK_UNREACHABLE', false],
    ['ENOTFOUND', 'NETWORK_UNREACHABLE', false],
    ['CERT_HAS_EXPIRED', 'TLS_FAILED', false],
    ['ECONNRESET', 'NETWORK_UNREACHABLE', true],
    ['UND_ERR_HEADERS_TIMEOUT', 'NETWORK_UNREACHABLE', true],
  ])('%s', (cause, code, wasSent) => {
    expect(judgeConnectionError(failed(cause))).toEqual({ code, wasSent });
  });

  it('after trying several addresses is judged by the first', () => {
    const both = new AggregateError([Object.assign(new Error(''), { code: 'ECONNREFUSED' })]);
    expect(judgeConnectionError(new TypeError('fetch failed', { cause: both })).wasSent).toBe(false);
  });
});
