import { expect, it } from 'vitest';
import { readTakesImages } from './read-takes-images.ts';

it.each([
  ['OpenRouter names it', { architecture: { input_modalities: ['text', 'image'] } }, true],
  ['OpenRouter does not', { architecture: { input_modalities: ['text'] } }, false],
  ['xAI names it', { input_modalities: ['text', 'image'] }, true],
  ['Mistral says yes', { capabilities: { completion_chat: true, vision: true } }, true],
  ['Mistral says no', { capabilities: { completion_chat: true, vision: false } }, false],
  ['Ollama names it', { capabilities: ['completion', 'vision'] }, true],
  ['Ollama does not', { capabilities: ['completion', 'tools'] }, false],
  ['nobody says anything', { id: 'gpt-4o' }, null],
  ['nobody says anything of images', { architecture: { tokenizer: 'GPT' }, capabilities: { completion_chat: true } }, null],
  ['it is said in no way that is known', { architecture: 'vision', capabilities: 'vision' }, null],
])('%s', (_name, entry, expected) => {
  expect(readTakesImages(entry)).toBe(expected);
});
