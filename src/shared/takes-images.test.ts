import { expect, it } from 'vitest';
import { takesImages } from './takes-images.ts';

const place = { kind: 'remote', baseUrl: 'https://openrouter.ai/api/v1' } as const;

it.each([
  'gpt-4o',
  'gpt-4o-mini-2024-07-18',
  'gpt-4.1-nano',
  'gpt-4-turbo',
  'gpt-4-turbo-2024-04-09',
  'gpt-5',
  'openai/gpt-5.1-mini',
  'o1',
  'o3-2025-04-16',
  'o4-mini',
  'anthropic/claude-sonnet-4.5',
  'claude-3-haiku-20240307',
  'google/gemini-2.5-flash',
  'gemma3:12b',
  'x-ai/grok-4',
  'grok-2-vision-1212',
  'meta-llama/llama-4-maverick',
  'llama3.2-vision:11b',
  'llama-3.2-11b-vision-instruct',
  'qwen2.5vl:7b',
  'qwen/qwen3-vl-235b-a22b-instruct',
  'mistralai/pixtral-12b',
  'llava:13b',
])('%s takes pictures', (modelId) => {
  expect(takesImages(place, modelId)).toBe(true);
});

it.each([
  'gpt-3.5-turbo',
  'gpt-4',
  'gpt-4-0613',
  'gpt-4-turbo-preview',
  'gpt-4-0125-preview',
  'o3-mini',
  'o1-mini',
  'gpt-oss:20b',
  'claude-2.1',
  'deepseek-chat',
  'deepseek/deepseek-r1',
  'llama3.2',
  'meta-llama/llama-3.3-70b-instruct',
  'qwen3:8b',
  'qwen2.5-coder',
  'gemma3:1b',
  'mistral-nemo',
  'grok-3-mini',
])('%s takes none', (modelId) => {
  expect(takesImages(place, modelId)).toBe(false);
});

it.each(['my-finetune', 'openrouter/auto', 'mistral-large-latest', 'kimi-k2.5'])('of %s nobody knows', (modelId) => {
  expect(takesImages(place, modelId)).toBeNull();
});

it('takes none in the demo', () => {
  expect(takesImages({ kind: 'demo', baseUrl: '' }, 'gpt-4o')).toBe(false);
});
