import { useQuery } from '@tanstack/react-query';
import { matchSorter } from 'match-sorter';
import { useMemo, useState } from 'react';
import type { Prompt } from '../../../../shared/contract/library.ts';
import { queries } from '../../../rpc/queries.ts';
import { useScopePlaces, type ScopePlace } from '../scope.ts';
import { triggerAt, type Trigger } from './trigger.ts';

/** Something to be chosen for what is being typed. */
export type Suggestion =
  | { readonly kind: 'prompt'; readonly id: string; readonly prompt: Prompt }
  | { readonly kind: 'place'; readonly id: string; readonly place: ScopePlace };

/** What may be chosen now. `trigger` null: nothing is asked for. */
export interface Suggestions {
  readonly trigger: Trigger | null;
  readonly items: readonly Suggestion[];
  readonly highlighted: number;
  highlight(index: number): void;
  /** Moves the highlight, around the ends. */
  move(by: number): void;
  /** Closes the list until another one is asked for. */
  dismiss(): void;
}

const maxItems = 8;

/** The prompts, or the documents and collections, that go with the word at the caret. */
export function useSuggestions(text: string, caret: number | null): Suggestions {
  const found = useMemo(() => (caret === null ? null : triggerAt(text, caret)), [text, caret]);
  const [dismissedAt, setDismissedAt] = useState<number | null>(null);
  const [highlight, setHighlight] = useState({ query: '', index: 0 });
  const trigger = found !== null && found.start !== dismissedAt ? found : null;
  // A sign that is gone may be typed again in the same place.
  if (found === null && dismissedAt !== null) setDismissedAt(null);

  const library = useQuery({ ...queries.library(), enabled: trigger?.kind === 'prompt' });
  const places = useScopePlaces(trigger?.kind === 'place');
  const items = useMemo(() => suggest(trigger, library.data?.prompts ?? [], places ?? []), [trigger, library.data, places]);
  // Other items than those that were moved through: the first one is meant again.
  const highlighted = trigger !== null && highlight.query === trigger.query ? Math.min(highlight.index, items.length - 1) : 0;
  const setIndex = (index: number) => setHighlight({ query: trigger?.query ?? '', index });
  return {
    trigger,
    items,
    highlighted,
    highlight: setIndex,
    move: (by) => setIndex((highlighted + by + items.length) % items.length),
    dismiss: () => setDismissedAt(trigger?.start ?? null),
  };
}

function suggest(trigger: Trigger | null, prompts: readonly Prompt[], places: readonly ScopePlace[]): Suggestion[] {
  if (trigger === null) return [];
  if (trigger.kind === 'prompt') {
    const keys = ['name', { key: 'text', threshold: matchSorter.rankings.CONTAINS }];
    const found = matchSorter(prompts, trigger.query, { keys }).slice(0, maxItems);
    return found.map((prompt) => ({ kind: 'prompt', id: prompt.id, prompt }));
  }
  const found = matchSorter(places, trigger.query, { keys: ['name'], baseSort: (a, b) => a.index - b.index }).slice(0, maxItems);
  return found.map((place) => ({ kind: 'place', id: `${place.kind}-${place.id}`, place }));
}
