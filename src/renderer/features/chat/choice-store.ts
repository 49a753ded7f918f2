import { create } from 'zustand';
import type { ModelRef } from '../../../shared/contract/chat.ts';
import type { ModelParameters } from '../../../shared/contract/parameters.ts';

/** How a chat is asked besides its model. */
export interface Asking {
  readonly parameters: ModelParameters;
  readonly systemPrompt: string;
}

/** What was chosen for the next question of a conversation and differs from what the conversation has. */
interface Choice {
  readonly model?: ModelRef;
  /** Collections to search; empty: none. */
  readonly collectionIds?: readonly string[];
  /** The assistant a new conversation begins with. */
  readonly assistantId?: string;
  readonly parameters?: ModelParameters;
  readonly systemPrompt?: string;
  /** A second model to ask the next question, beside the first. */
  readonly compareWith?: ModelRef | null;
}

interface ChoiceState {
  readonly choices: Readonly<Record<string, Choice>>;
  readonly isModelPickerOpen: boolean;
}

/** Stands for the conversation that has not begun. */
export const newConversationKey = 'new';

export const useChoiceStore = create<ChoiceState>(() => ({ choices: {}, isModelPickerOpen: false }));

export function choose(conversationKey: string, choice: Choice): void {
  useChoiceStore.setState(({ choices }) => ({ choices: { ...choices, [conversationKey]: { ...choices[conversationKey], ...choice } } }));
}

export function forgetChoice(conversationKey: string): void {
  useChoiceStore.setState(({ choices }) => {
    const { [conversationKey]: _, ...rest } = choices;
    return { choices: rest };
  });
}

export function showModelPicker(isOpen: boolean): void {
  useChoiceStore.setState({ isModelPickerOpen: isOpen });
}
