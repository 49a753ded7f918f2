import { createContext, use } from 'react';
import type { Source } from '../../../../shared/contract/chat.ts';

interface Citations {
  /** The passages that were given to the model. */
  readonly sources: readonly Source[];
  readonly onOpen: (ordinal: number) => void;
}

/** What citations inside an answer refer to. A context, since the Markdown between is memoised. */
export const CitationContext = createContext<Citations>({ sources: [], onOpen: () => undefined });

export function useCitations(): Citations {
  return use(CitationContext);
}
