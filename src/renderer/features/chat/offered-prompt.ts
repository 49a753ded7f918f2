import { create } from 'zustand';
import type { Prompt } from '../../../shared/contract/library.ts';

/** A prompt that was chosen outside of the composer and waits to be put in; null: none. */
export const useOfferedPrompt = create<{ readonly prompt: Prompt | null }>(() => ({ prompt: null }));

export function offerPrompt(prompt: Prompt | null): void {
  useOfferedPrompt.setState({ prompt });
}
