import { create } from 'zustand';

export const useSearchOpen = create<{ isOpen: boolean }>(() => ({ isOpen: false }));

export function showSearch(isOpen: boolean): void {
  useSearchOpen.setState({ isOpen });
}
