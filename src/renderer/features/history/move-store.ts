import { create } from 'zustand';
import type { Organised } from './use-history-actions.ts';

/** The conversations a folder is being chosen for; null: none. */
export const useMoving = create<{ conversations: readonly Organised[] | null }>(() => ({ conversations: null }));

/** Asks where these conversations are to go. */
export function askWhereTo(conversations: readonly Organised[] | null): void {
  useMoving.setState({ conversations });
}
