import { expect, it } from 'vitest';
import { readOutputLimit, withOutputLimit } from './output-limit.ts';

const openAi = { url: 'https://api.openai.com/v1/chat/completions', endpoint: 'chat' } as const;

it.each([
  ['OpenAI’s newer models refuse max_tokens', openAi, {}, { max_completion_tokens: 300 }],
  ['other servers know only max_tokens', { ...openAi, url: 'https://llm.example/v1/chat/completions' }, {}, { max_tokens: 300 }],
  ['a host that only ends alike is another', { ...openAi, url: 'https://notopenai.com/v1/chat/completions' }, {}, { max_tokens: 300 }],
  ['responses', { url: 'https://api.openai.com/v1/responses', endpoint: 'responses' }, {}, { max_output_tokens: 300 }],
  ['the request’s own field is used', openAi, { max_tokens: 500 }, { max_tokens: 300 }],
  ['and kept where it is smaller', openAi, { max_tokens: 50 }, { max_tokens: 50 }],
] as const)('%s', (_, request, own, expected) => {
  const body = withOutputLimit(JSON.stringify({ model: 'm', ...own }), request, 300);
  expect(JSON.parse(body)).toEqual({ model: 'm', ...expected });
});

it('reads a request’s own limit, and leaves a body that is no JSON alone', () => {
  expect(readOutputLimit({ max_completion_tokens: 20, max_tokens: 10 })).toBe(10);
  expect(readOutputLimit({ max_tokens: 0 })).toBeNull();
  expect(readOutputLimit({ max_tokens: '10' })).toBeNull();
  expect(withOutputLimit('audio', openAi, 300)).toBe('audio');
});
