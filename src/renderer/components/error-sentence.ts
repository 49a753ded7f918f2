import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../shared/contract/chat.ts';
import { errorCodes, type ErrorCode } from '../../shared/error-codes.ts';
import { fileReasons } from '../../shared/file-reasons.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import { useFormat, type Format } from '../lib/format.ts';

/** An error as a person reads it. */
export interface ErrorSentence {
  /** What happened. */
  readonly title: string;
  /** What it means and what to do, with what is known besides. */
  readonly help: string;
  /** Both, one after the other. */
  readonly text: string;
}

const knownCodes: ReadonlySet<string> = new Set(errorCodes);

function isErrorCode(code: string): code is ErrorCode {
  return knownCodes.has(code);
}

/** The code of a failure; one this build does not know counts as INTERNAL. */
export function codeOf(failure: Failure): ErrorCode {
  return isErrorCode(failure.code) ? failure.code : 'INTERNAL';
}

/** What a rejected call failed with. Anything but an AppError is a bug of ours, hence INTERNAL. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof AppError)) return { code: 'INTERNAL' };
  return error.data === undefined ? { code: error.code } : { code: error.code, data: { ...error.data } };
}

/** `failure.data.reason` where it says more than the code; the sentence for it replaces the code's own help. */
const reasons = [
  'refused',
  'dns',
  'unreachable',
  'timeout',
  'reset',
  'proxy_auth',
  'not_a_url',
  'not_http',
  'has_credentials',
  'has_query',
  'placeholder',
  'metadata_address',
  'insecure_http',
  'redirect',
  'not_json',
  'no_model_list',
  // What the keys of an object are called is not in the type of Object.keys.
  ...(Object.keys(fileReasons) as (keyof typeof fileReasons)[]),
] as const;

/** Limits that are numbers of something, by their names in `failure.data`. */
const countLimits = [
  ['limitPages', 'more.pageLimit'],
  ['limitChars', 'more.charLimit'],
  ['limitColumns', 'more.columnLimit'],
  ['limitEntries', 'more.entryLimit'],
] as const;

/** `failure.data.parameter`. */
export const parameterNames = ['temperature', 'maxOutputTokens', 'reasoningEffort', 'serviceTier'] as const;

/** The sentences for a failure in the language of `t`. `failure.data` fills in what is known besides. */
export function errorSentence(failure: Failure, t: TFunction<'errors'>, format: Format): ErrorSentence {
  const code = codeOf(failure);
  const reason = reasons.find((known) => known === failure.data?.['reason']);
  const title = t(`${code}.title`);
  const help = joined([reason === undefined ? t(`${code}.help`) : t(`reason.${reason}`), ...more(failure, t, format)]);
  return { title, help, text: joined([title, help]) };
}

/** Sentences after one another; Japanese puts no space between them. */
function joined(sentences: readonly string[]): string {
  return sentences.reduce((before, next) => (/[。」]$/.test(before) ? before + next : `${before} ${next}`));
}

function more(failure: Failure, t: TFunction<'errors'>, format: Format): string[] {
  const { model, host, retryAfterMs, limitTokens, sentTokens, limitMegabytes, status, detail } = failure.data ?? {};
  const sentences: string[] = [];
  const parameter = parameterNames.find((name) => name === failure.data?.['parameter']);
  if (parameter !== undefined) sentences.push(t(`more.parameter.${parameter}`));
  if (typeof model === 'string') sentences.push(t('more.model', { model }));
  if (typeof host === 'string') sentences.push(t('more.host', { host }));
  if (typeof status === 'number' && failure.code === 'PAGE_UNREACHABLE') sentences.push(t('more.status', { status }));
  if (typeof retryAfterMs === 'number') sentences.push(t('more.wait', { wait: format.duration(retryAfterMs) }));
  if (typeof limitTokens === 'number') {
    const limit = format.count(limitTokens);
    const isSentKnown = typeof sentTokens === 'number';
    sentences.push(isSentKnown ? t('more.tokens', { sent: format.count(sentTokens), limit }) : t('more.tokenLimit', { limit }));
  }
  if (typeof limitMegabytes === 'number') sentences.push(t('more.sizeLimit', { limit: format.bytes(limitMegabytes * 1024 * 1024) }));
  for (const [limit, text] of countLimits) {
    const value = failure.data?.[limit];
    if (typeof value === 'number') sentences.push(t(text, { limit: format.count(value) }));
  }
  if (typeof detail === 'string' && detail !== '') sentences.push(t('more.providerSays', { detail }));
  return sentences;
}

/** `errorSentence` in the language shown. */
export function useErrorSentence(): (failure: Failure) => ErrorSentence {
  const { t } = useTranslation('errors');
  const format = useFormat();
  return (failure) => errorSentence(failure, t, format);
}
