import { create } from 'zustand';

interface FindState {
  /** The conversation that is searched; null: none. */
  readonly conversationId: string | null;
}

/** Where the find bar is open. */
export const useFindStore = create<FindState>(() => ({ conversationId: null }));

/** Opens the find bar over a conversation, or goes back into its field. */
export function openFind(conversationId: string): void {
  useFindStore.setState({ conversationId });
}

/** Closes the find bar. */
export function closeFind(): void {
  useFindStore.setState({ conversationId: null });
}

/** The message whose matches one stands at, null where there is none. All of it is drawn, so that they can be marked and shown. */
export const useCurrentMatch = create<{ readonly messageId: string | null }>(() => ({ messageId: null }));
