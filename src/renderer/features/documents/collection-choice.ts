import { create } from 'zustand';

interface CollectionChoice {
  /** The collection whose documents are listed, and that files go to; null: all are, and they go to the first one. */
  readonly chosenId: string | null;
}

/** Outlives the page, so that one comes back to what one was looking at. */
export const useCollectionChoice = create<CollectionChoice>(() => ({ chosenId: null }));

export function chooseCollection(chosenId: string | null): void {
  useCollectionChoice.setState({ chosenId });
}
