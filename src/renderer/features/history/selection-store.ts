import { create } from 'zustand';
import type { Organised } from './use-history-actions.ts';

interface Selection {
  readonly conversations: readonly Organised[];
  /** Where a range begins: the one that was selected last by itself. */
  readonly anchorId: string | null;
}

const nothing: Selection = { conversations: [], anchorId: null };

/** Conversations of the history that are acted on together. */
export const useSelection = create<Selection>(() => nothing);

export function clearSelection(): void {
  useSelection.setState(nothing);
}

/** Selects a conversation, or lets go of it. */
export function toggleSelected(conversation: Organised): void {
  useSelection.setState(({ conversations }) => {
    const others = conversations.filter(({ id }) => id !== conversation.id);
    const isNew = others.length === conversations.length;
    return { conversations: isNew ? [...others, conversation] : others, anchorId: isNew ? conversation.id : null };
  });
}

/** Selects all from the one selected last to this one, in the order in which they are listed. */
export function selectUpTo(conversation: Organised, listed: readonly Organised[]): void {
  useSelection.setState(({ conversations, anchorId }) => {
    const [from, to] = [listed.findIndex(({ id }) => id === anchorId), listed.findIndex(({ id }) => id === conversation.id)];
    if (from < 0 || to < 0) return { conversations: [...conversations, conversation], anchorId: conversation.id };
    const range = listed.slice(Math.min(from, to), Math.max(from, to) + 1);
    const before = conversations.filter(({ id }) => !range.some((other) => other.id === id));
    return { conversations: [...before, ...range], anchorId };
  });
}
