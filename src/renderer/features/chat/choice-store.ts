import { create } from 'zustand';
import { persist } from 'zustand/middleware';
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

/** How the chat that has not begun is to be asked outlives a reload, as what is written in it does. */
export const useChoiceStore = create<ChoiceState>()(
  persist((): ChoiceState => ({ choices: {}, isModelPickerOpen: false }), {
    name: 'tally.new-chat',
    partialize: ({ choices }) => ({ choices: { [newConversationKey]: askingOf(choices[newConversationKey]) } }),
  }),
);

/** What holds though documents go meanwhile; of a provider that is gone another model is chosen. An assistant is chosen anew, and all it brings. */
function askingOf(choice: Choice = {}): Choice {
  const { collectionIds: _documents, assistantId, compareWith: _second, ...asking } = choice;
  return assistantId === undefined ? asking : {};
}

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
