import { expect, it } from 'vitest';
import { abilitiesOf, takenParameters, type ModelPlace } from './model-abilities.ts';
import { usualParameters } from './usual-parameters.ts';

const openAi: ModelPlace = { kind: 'remote', baseUrl: 'https://api.openai.com/v1' };
const openRouter: ModelPlace = { kind: 'remote', baseUrl: 'https://openrouter.ai/api/v1' };
const local: ModelPlace = { kind: 'local', baseUrl: 'http://127.0.0.1:11434/v1' };

it.each([
  [openAi, 'gpt-4o', 'always', [], ['default', 'priority']],
  [openAi, 'gpt-4.1-mini-2025-04-14', 'always', [], ['default', 'priority']],
  [openAi, 'ft:gpt-4o-mini-2024-07-18:org::id', 'always', [], ['default', 'priority']],
  [openAi, 'gpt-3.5-turbo', 'always', [], []],
  [openAi, 'o1-mini', 'never', [], []],
  [openAi, 'o3', 'never', ['low', 'medium', 'high'], ['default', 'flex', 'priority']],
  [openAi, 'o4-mini-2025-04-16', 'never', ['low', 'medium', 'high'], ['default', 'flex', 'priority']],
  [openAi, 'gpt-5', 'never', ['minimal', 'low', 'medium', 'high'], ['default', 'flex', 'priority']],
  [openAi, 'gpt-5-mini', 'never', ['minimal', 'low', 'medium', 'high'], ['default', 'flex', 'priority']],
  [openAi, 'gpt-5-pro', 'never', ['high'], []],
  [openAi, 'gpt-5-chat-latest', 'always', [], []],
  [openAi, 'gpt-5.1', 'without_reasoning', ['none', 'low', 'medium', 'high'], ['default', 'flex', 'priority']],
  [openAi, 'gpt-5.1-chat-latest', 'always', [], []],
  [openAi, 'gpt-5.2', 'without_reasoning', ['none', 'low', 'medium', 'high', 'xhigh'], ['default', 'flex', 'priority']],
  [openRouter, 'openai/gpt-5', 'never', ['minimal', 'low', 'medium', 'high'], []],
  [openRouter, 'google/gemini-2.5-flash', 'always', ['none', 'low', 'medium', 'high'], []],
  [openRouter, 'anthropic/claude-sonnet-4.5', 'always', [], []],
  [openRouter, 'x-ai/grok-3-mini', 'always', ['low', 'high'], []],
  [{ kind: 'remote', baseUrl: 'https://api.deepseek.com' }, 'deepseek-reasoner', 'never', [], []],
  [local, 'gpt-oss:20b', 'always', ['low', 'medium', 'high'], []],
  [local, 'llama3.2', 'always', [], []],
] as const)('%o: %s', (place, modelId, temperature, reasoningEfforts, serviceTiers) => {
  expect(abilitiesOf(place, modelId)).toEqual({ temperature, maxOutputTokens: true, reasoningEfforts, serviceTiers });
});

const set = { temperature: 0.2, maxOutputTokens: 500, reasoningEffort: 'low', serviceTier: 'flex', historyTurns: 6 } as const;

it('takes nothing in the demo but how many turns go along, which is for every model', () => {
  const taken = takenParameters(set, abilitiesOf({ kind: 'demo', baseUrl: '' }, 'demo'));
  expect(taken).toEqual({ ...usualParameters, historyTurns: 6 });
});

it('leaves out what a model does not take', () => {
  expect(takenParameters(set, abilitiesOf(openAi, 'gpt-4o'))).toEqual({ ...set, reasoningEffort: null, serviceTier: null });
  expect(takenParameters(set, abilitiesOf(openAi, 'gpt-5'))).toEqual({ ...set, temperature: null });
  expect(takenParameters({ ...set, reasoningEffort: 'xhigh' }, abilitiesOf(openAi, 'gpt-5')).reasoningEffort).toBeNull();
});

it('lets a model that can do without thinking have a temperature while it does', () => {
  const abilities = abilitiesOf(openAi, 'gpt-5.1');
  expect(takenParameters({ ...set, reasoningEffort: null }, abilities).temperature).toBe(0.2);
  expect(takenParameters({ ...set, reasoningEffort: 'none' }, abilities).temperature).toBe(0.2);
  expect(takenParameters(set, abilities).temperature).toBeNull();
});
