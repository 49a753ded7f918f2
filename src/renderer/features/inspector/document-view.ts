import { create } from 'zustand';

/** How documents with pages are shown; whoever prefers the text prefers it for the next one too. */
export const useDocumentView = create<{ readonly view: 'page' | 'text' }>(() => ({ view: 'page' }));
