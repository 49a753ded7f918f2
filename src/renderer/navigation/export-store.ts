import { create } from 'zustand';

/** The conversation that is to be exported; null: none is being asked about. */
export const useExport = create<{ conversationId: string | null }>(() => ({ conversationId: null }));

/** Asks how to export a conversation. */
export function askToExport(conversationId: string): void {
  useExport.setState({ conversationId });
}
