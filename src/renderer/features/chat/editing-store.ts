import { create } from 'zustand';

/** The question that is being changed in place, wherever it was asked for; null: none. */
export const useEditing = create<{ readonly messageId: string | null }>(() => ({ messageId: null }));

export function startEditing(messageId: string | null): void {
  useEditing.setState({ messageId });
}
