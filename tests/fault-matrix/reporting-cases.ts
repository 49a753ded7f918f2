import { fakePromptTokens } from '../fake-openai/fake-tokens.ts';
import { answered, refused, tokens, type FaultCase } from './fault-case.ts';
import { question } from './matrix-bench.ts';

const promptTokens = fakePromptTokens({
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: question },
  ],
});
/** xAI's way: the total holds the reasoning, the completion does not. */
const reasoningBeside = {
  completion_tokens: tokens.length,
  total_tokens: promptTokens + tokens.length + 30,
  completion_tokens_details: { reasoning_tokens: 30 },
};
/** DeepSeek's own names for what was read from the cache. */
const hitsAndMisses = { prompt_tokens_details: null, prompt_cache_hit_tokens: 4, prompt_cache_miss_tokens: promptTokens - 4 };
const zeros = { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0, prompt_tokens_details: null, completion_tokens_details: null };

/** The ways a server may report what an answer took, each read to the token. */
export const exactlyReported: readonly FaultCase[] = [
  { name: 'usage in a chunk of its own at the end', replies: [{ tokens }], booked: [answered] },
  { name: 'running usage in every chunk', replies: [{ tokens, fault: 'usage-every-chunk' }], booked: [answered] },
  { name: 'usage with the finish reason and once more after it', replies: [{ tokens, fault: 'usage-on-finish' }], booked: [answered] },
  { name: 'usage as x_groq only', replies: [{ tokens, fault: 'groq-usage' }], booked: [answered] },
  {
    name: 'two chunks with a finish reason',
    replies: [{ tokens, fault: 'two-finish-chunks', serviceTier: 'default' }],
    booked: [answered],
  },
  { name: 'no [DONE] at the end', replies: [{ tokens, fault: 'no-done' }], booked: [answered] },
  { name: 'an event in the middle that is no JSON', replies: [{ tokens, fault: 'malformed-event' }], booked: [answered] },
  { name: 'an answer cut at its length limit', replies: [{ tokens, finishReason: 'length' }], booked: [answered] },
  { name: 'an answer without a word', replies: [{ tokens: [], reasoningTokens: 3 }], booked: [answered] },
  { name: 'input read from the cache', replies: [{ tokens, cachedTokens: 7 }], booked: [answered] },
  {
    name: 'input read from the cache, in DeepSeek’s fields',
    replies: [{ tokens, cachedTokens: 4, usage: hitsAndMisses }],
    booked: [answered],
  },
  {
    name: 'input written to the cache for half an hour and for twelve, and read from it',
    model: 'gpt-6.1-terra',
    replies: [{ tokens, cachedTokens: 3, cacheWriteTokens: 6, cacheWrite12hTokens: 2 }],
    booked: [answered],
  },
  { name: 'hidden reasoning', model: 'gpt-6.1-terra', replies: [{ tokens, reasoningTokens: 40 }], booked: [answered] },
  { name: 'reasoning one can read', replies: [{ tokens, reasoning: 'Let me think about leases.' }], booked: [answered] },
  {
    name: 'reasoning beside the output instead of in it',
    replies: [{ tokens, reasoningTokens: 30, usage: reasoningBeside }],
    booked: [answered],
  },
  { name: 'another model than asked for answered', replies: [{ tokens, servedModel: 'gpt-4o-2024-08-06' }], booked: [answered] },
  { name: 'a cheaper tier than asked for answered', model: 'gpt-5.4-mini', replies: [{ tokens, serviceTier: 'flex' }], booked: [answered] },
  { name: 'the Responses API', model: 'gpt-5.6-luna', replies: [{ tokens, cachedTokens: 2 }], booked: [answered] },
  {
    name: 'the Responses API with reasoning and cache writes',
    model: 'gpt-5.6-terra',
    replies: [{ tokens, reasoningTokens: 25, cacheWriteTokens: 9 }],
    booked: [answered],
  },
  { name: 'an incomplete response', model: 'gpt-5.6-luna', replies: [{ tokens, finishReason: 'length' }], booked: [answered] },
  {
    name: 'a failed response that says what it took',
    model: 'gpt-5.6-luna',
    replies: [{ tokens, finishReason: 'failed' }],
    booked: [['failed', 'exact', 'STREAM_ERROR']],
  },
  {
    name: 'OpenRouter names its charge',
    address: 'openrouter',
    model: 'openai/gpt-4o-mini',
    replies: [{ tokens }],
    booked: [['done', 'reported']],
  },
];

/** Answers whose tokens nobody reported, or whose price nobody knows: never taken for exact. */
export const notReported: readonly FaultCase[] = [
  { name: 'include_usage is ignored', replies: [{ tokens, fault: 'no-usage' }], booked: [['done', 'estimated']] },
  { name: 'the usage is all zeros', replies: [{ tokens, usage: zeros }], booked: [['done', 'estimated']] },
  {
    name: 'the shares contradict the total',
    replies: [{ tokens, usage: { prompt_tokens_details: { cached_tokens: 9_999 } } }],
    booked: [['done', 'estimated']],
  },
  {
    name: 'part of the question was spoken, for which there is no rate',
    replies: [{ tokens, usage: { prompt_tokens_details: { cached_tokens: 0, audio_tokens: 5 } } }],
    booked: [['done', 'lower_bound']],
  },
  {
    name: 'part of the answer was spoken, for which there is no rate',
    replies: [{ tokens, usage: { completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 2 } } }],
    booked: [['done', 'lower_bound']],
  },
  {
    name: 'a count below zero',
    replies: [{ tokens, usage: { completion_tokens: -4 } }],
    booked: [['done', 'estimated']],
  },
  {
    name: 'more reasoning than output',
    replies: [{ tokens, usage: { completion_tokens_details: { reasoning_tokens: 500 } } }],
    booked: [['done', 'estimated']],
  },
  {
    name: 'a model that thinks in silence reports nothing',
    model: 'gpt-6.1-terra',
    replies: [{ tokens, fault: 'no-usage' }],
    booked: [['done', 'lower_bound']],
  },
  {
    name: 'a response of the Responses API reports nothing',
    model: 'gpt-5.6-luna',
    replies: [{ tokens, fault: 'no-usage' }],
    booked: [['done', 'lower_bound']],
  },
  { name: 'nobody knows the price', model: 'gpt-4o-lookalike', replies: [{ tokens }], booked: [['done', 'no_price']] },
  { name: 'nobody knows the tier', replies: [{ tokens, serviceTier: 'turbo' }], booked: [['done', 'no_price']] },
];

/** In this order, at a server that nobody has called before. */
export const streamOptionsRefused: readonly FaultCase[] = [
  {
    name: 'stream_options is refused, and left out the second time',
    replies: [{ fault: 'reject-stream-options' }, { tokens, fault: 'reject-stream-options' }],
    booked: [refused('REQUEST_REJECTED'), ['done', 'estimated']],
  },
  {
    name: 'stream_options was refused before, and is left out at once',
    replies: [{ tokens, fault: 'reject-stream-options' }],
    booked: [['done', 'estimated']],
  },
];
