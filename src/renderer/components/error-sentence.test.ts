import { createInstance } from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import { errorCodes } from '../../shared/error-codes.ts';
import { fileReasons } from '../../shared/file-reasons.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import { en, ja } from '../i18n/resources.ts';
import { formatOf } from '../lib/format.ts';
import { errorSentence, failureOf } from './error-sentence.ts';

const texts = createInstance();
beforeAll(() => texts.init({ lng: 'en', resources: { en, ja }, interpolation: { escapeValue: false } }));

function inEnglish(code: string, data?: Record<string, string | number>) {
  return errorSentence(data === undefined ? { code } : { code, data }, texts.getFixedT('en', 'errors'), formatOf('en'));
}

describe('the sentence of an error', () => {
  it.each(errorCodes)('%s ends as a sentence does, in both languages', (code) => {
    const japanese = errorSentence({ code }, texts.getFixedT('ja', 'errors'), formatOf('ja'));
    expect(inEnglish(code).text).toMatch(/^[^{}]+\.$/);
    expect(japanese.text).toMatch(/^[^{}]+。$/);
    expect(japanese.text).not.toMatch(/。 /);
  });

  it.each(Object.keys(fileReasons))('says in both languages that a file is refused because: %s', (reason) => {
    const failure = {
      code: 'FILE_TOO_COMPLEX',
      data: { reason, limitPages: 10_000, limitColumns: 16_384, limitChars: 3e7, limitEntries: 9 },
    };
    const japanese = errorSentence(failure, texts.getFixedT('ja', 'errors'), formatOf('ja')).text;
    expect(inEnglish(failure.code, failure.data).help).toMatch(
      /^[^{}]+\. The limit is 10,000 pages\. The limit is 30,000,000 characters\./,
    );
    expect(japanese).toMatch(/^[^{}]+。上限は 10,000 ページです。/);
    expect(inEnglish(failure.code, failure.data).help).not.toContain(inEnglish(failure.code).help);
  });

  it('says how long to wait, how much was too much, and what the provider said', () => {
    expect(inEnglish('RATE_LIMITED', { retryAfterMs: 65_000 }).help).toContain('in 1m 5s.');
    expect(inEnglish('CONTEXT_TOO_LONG', { limitTokens: 8_192, sentTokens: 9_001 }).help).toContain(
      '9,001 tokens were to be sent; the limit is 8,192.',
    );
    expect(inEnglish('FILE_TOO_LARGE', { limitMegabytes: 200 }).help).toContain('The limit is 200 MB.');
    expect(inEnglish('KEY_REJECTED', { detail: 'Incorrect API key provided.' }).help).toContain('“Incorrect API key provided.”');
  });

  it('gives the reason instead of the general advice where one is known', () => {
    expect(inEnglish('NETWORK_UNREACHABLE', { reason: 'refused', host: '127.0.0.1' }).help).toMatch(/^Nothing answers at this address/);
    expect(inEnglish('TLS_FAILED', { reason: 'CERT_HAS_EXPIRED' }).help).toMatch(/^The certificate is not trusted/);
  });

  it('speaks of an internal error when the code is one this build does not know', () => {
    expect(inEnglish('FROM_THE_FUTURE').title).toBe(inEnglish('INTERNAL').title);
  });
});

it('takes nothing but code and data from what was thrown', () => {
  expect(failureOf(new AppError('NOT_FOUND', 'secret path', { data: { host: 'a' } }))).toEqual({ code: 'NOT_FOUND', data: { host: 'a' } });
  expect(failureOf(new TypeError('secret'))).toEqual({ code: 'INTERNAL' });
});
