import { refusals, type FakeReply } from '../fake-openai/start-fake-openai.ts';
import { answered, refused, tokens, type FaultCase } from './fault-case.ts';

const thinking = 'gpt-6.1-terra';
const patient = { idleMs: 5_000 };
const impatient = { idleMs: 80, quietMs: 80 };
const usual: FakeReply = { tokens };
const badGateway = { message: 'Upstream error', code: 502 };

/** Answers that were stopped, at every point they can be stopped at. */
export const stopped: readonly FaultCase[] = [
  {
    name: 'before the server has answered',
    stopAfter: 'nothing',
    replies: [{ fault: 'stall-headers' }],
    booked: [['stopped', 'estimated']],
  },
  ...[0, 1, 3, tokens.length].map((stopAfter) => ({
    name: `after ${stopAfter} tokens`,
    stopAfter,
    replies: [usual],
    booked: [['stopped', 'estimated']] as const,
  })),
  { name: 'with running usage', stopAfter: 2, replies: [{ tokens, fault: 'usage-every-chunk' }], booked: [['stopped', 'estimated']] },
  {
    name: 'by a model that thinks in silence',
    model: thinking,
    stopAfter: 2,
    replies: [{ tokens, reasoningTokens: 9 }],
    booked: [['stopped', 'lower_bound']],
  },
  { name: 'in the Responses API', model: 'gpt-5.6-luna', stopAfter: 2, replies: [usual], booked: [['stopped', 'lower_bound']] },
  { name: 'and read on to its end', stopAfter: 2, finishStopped: true, replies: [usual], booked: [['stopped', 'exact']] },
  {
    name: 'and read on to its end in the Responses API',
    model: 'gpt-5.6-luna',
    stopAfter: 1,
    finishStopped: true,
    replies: [{ tokens, reasoningTokens: 12 }],
    booked: [['stopped', 'exact']],
  },
  {
    name: 'and read on, but the server falls silent',
    stopAfter: 2,
    finishStopped: true,
    limits: impatient,
    replies: [{ tokens, fault: 'stall', faultAfterTokens: 3 }],
    booked: [['stopped', 'estimated']],
  },
  {
    name: 'and read on for as long as is allowed',
    stopAfter: 2,
    finishStopped: true,
    limits: { ...patient, readOnMs: 40 },
    replies: [{ tokens, fault: 'stall', faultAfterTokens: 3 }],
    booked: [['stopped', 'estimated']],
  },
  {
    name: 'at OpenRouter, which is asked for its charge',
    address: 'openrouter',
    model: 'openai/gpt-4o-mini',
    stopAfter: 3,
    replies: [usual],
    booked: [['stopped', 'reported']],
  },
  {
    name: 'at OpenAI, which counts the prompt',
    stopAfter: 3,
    countInputByProvider: true,
    replies: [usual],
    booked: [['stopped', 'estimated']],
  },
];

/** Replies that broke off or were none. */
export const broken: readonly FaultCase[] = [
  {
    name: 'the body ends early',
    replies: [{ tokens, fault: 'fin-without-done' }],
    booked: [['interrupted', 'estimated', 'STREAM_TRUNCATED']],
  },
  {
    name: 'the body ends within a line',
    replies: [{ tokens, fault: 'half-line' }],
    booked: [['interrupted', 'estimated', 'STREAM_TRUNCATED']],
  },
  {
    name: 'the connection is reset',
    readFirst: 2,
    replies: [{ tokens, fault: 'reset', faultAfterTokens: 2 }],
    booked: [['interrupted', 'estimated', 'STREAM_TRUNCATED']],
  },
  {
    name: 'the server falls silent',
    limits: impatient,
    replies: [{ tokens, fault: 'stall' }],
    booked: [['interrupted', 'estimated', 'STREAM_STALLED']],
  },
  {
    name: 'the server never answers',
    limits: impatient,
    replies: [{ fault: 'stall-headers' }],
    booked: [['failed', 'lower_bound', 'STREAM_STALLED']],
  },
  { name: 'an error in the stream', replies: [{ tokens, fault: 'error-event' }], booked: [['failed', 'estimated', 'STREAM_ERROR']] },
  {
    name: 'an error in the stream after two tokens that names a status',
    replies: [{ tokens, fault: 'error-event', faultAfterTokens: 2, error: badGateway }],
    booked: [['failed', 'estimated', 'STREAM_ERROR']],
  },
  {
    name: 'a line without an end',
    limits: { maxEventChars: 100_000 },
    replies: [{ tokens, fault: 'runaway-line' }],
    booked: [['failed', 'estimated', 'REPLY_TOO_LARGE']],
  },
  { name: 'a web page', replies: [{ fault: 'html' }], booked: [['failed', 'estimated', 'NOT_A_STREAM']] },
  { name: 'an error with a good status', replies: [{ fault: 'json-error' }], booked: [['failed', 'estimated', 'ERROR_REPLY']] },
  {
    name: 'a thinking model broke off',
    model: thinking,
    replies: [{ tokens, reasoningTokens: 8, fault: 'fin-without-done' }],
    booked: [['interrupted', 'lower_bound', 'STREAM_TRUNCATED']],
  },
  {
    name: 'OpenRouter broke off, and is asked for its charge',
    address: 'openrouter',
    model: 'openai/gpt-4o-mini',
    replies: [{ tokens, fault: 'fin-without-done' }],
    booked: [['interrupted', 'reported', 'STREAM_TRUNCATED']],
  },
];

/** Refusals, and what comes after them. */
export const repeated: readonly FaultCase[] = [
  {
    name: 'a server error, then the answer',
    replies: [refusals.serverError(), usual],
    booked: [refused('PROVIDER_UNAVAILABLE'), answered],
  },
  {
    name: 'a bad gateway, then the answer',
    replies: [refusals.serverError(502), usual],
    booked: [refused('PROVIDER_UNAVAILABLE'), answered],
  },
  {
    name: 'an overloaded server twice',
    replies: [refusals.serverError(503), refusals.serverError(503)],
    booked: [refused('PROVIDER_UNAVAILABLE'), refused('PROVIDER_UNAVAILABLE')],
  },
  {
    name: 'a rate limit with a wait, then the answer',
    replies: [refusals.rateLimited(0.01), usual],
    booked: [refused('RATE_LIMITED'), answered],
  },
  { name: 'a rate limit with too long a wait', replies: [refusals.rateLimited(3_600)], booked: [refused('RATE_LIMITED')] },
  { name: 'no credit', replies: [refusals.quotaExceeded()], booked: [refused('QUOTA_EXCEEDED')] },
  { name: 'a wrong key', replies: [refusals.wrongKey()], booked: [refused('KEY_REJECTED')] },
  { name: 'an unknown model', replies: [refusals.modelNotFound('gpt-4o-mini')], booked: [refused('MODEL_NOT_FOUND')] },
  { name: 'too long a prompt', replies: [refusals.contextTooLong(10, 20)], booked: [refused('CONTEXT_TOO_LONG')] },
  {
    name: 'a gateway gave up on a model that may have run',
    replies: [refusals.serverError(504)],
    booked: [['failed', 'lower_bound', 'PROVIDER_UNAVAILABLE']],
  },
  { name: 'nobody at the address, then the answer', unreachable: 1, replies: [usual], booked: [refused('NETWORK_UNREACHABLE'), answered] },
  {
    name: 'nobody at the address twice',
    unreachable: 2,
    replies: [],
    booked: [refused('NETWORK_UNREACHABLE'), refused('NETWORK_UNREACHABLE')],
  },
  {
    name: 'a server error, then an answer that is stopped',
    stopAfter: 2,
    replies: [refusals.serverError(), usual],
    booked: [refused('PROVIDER_UNAVAILABLE'), ['stopped', 'estimated']],
  },
];
