import { create } from 'zustand';
import { persist } from 'zustand/middleware';

export const useSearchOpen = create<{ isOpen: boolean }>(() => ({ isOpen: false }));

export function showSearch(isOpen: boolean): void {
  useSearchOpen.setState({ isOpen });
}

/** How many commands are remembered as used. */
const rememberedCount = 20;

interface Ids {
  readonly ids: readonly string[];
}

/** Commands that were used, the last one first; kept from one start to the next. */
export const useUsedCommands = create<Ids>()(persist((): Ids => ({ ids: [] }), { name: 'tally.commands' }));

export function rememberCommand(id: string): void {
  useUsedCommands.setState(({ ids }) => ({ ids: [id, ...ids.filter((other) => other !== id)].slice(0, rememberedCount) }));
}
