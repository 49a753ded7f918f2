import type { Assistant, Prompt } from '../../../shared/contract/library.ts';
import { usualParameters } from '../../../shared/usual-parameters.ts';

/** An assistant to begin with: nothing is said but what has to be. */
export function newAssistant(): Assistant {
  return {
    id: crypto.randomUUID(),
    name: '',
    symbol: '✦',
    colour: 'blue',
    systemPrompt: '',
    model: null,
    parameters: usualParameters,
    collectionIds: null,
  };
}

export function newPrompt(): Prompt {
  return { id: crypto.randomUUID(), name: '', text: '' };
}
