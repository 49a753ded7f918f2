import { useMemo } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';

/** The parts of Spend. */
export const spendViews = ['overview', 'budgets'] as const;
export type SpendView = (typeof spendViews)[number];

/** Where in Tally the page is. The address after `#` says it, so reload and Back work. */
export type Place =
  | { readonly name: 'chat'; readonly conversationId: string | null; readonly messageId: string | null }
  | { readonly name: 'documents' }
  | { readonly name: 'spend'; readonly view?: SpendView }
  | { readonly name: 'library' }
  | { readonly name: 'settings' };

/** Reads `/chat/ID?message=ID`, `/documents`, `/spend`, `/spend/VIEW`, `/library` or `/settings`; anything else is a new chat. */
export function parsePlace(location: string): Place {
  const [path = '', search = ''] = location.split('?', 2);
  const [, first, second] = path.split('/');
  if (first === 'documents' || first === 'library' || first === 'settings') return { name: first };
  if (first === 'spend') return { name: 'spend', view: spendViews.find((view) => view === second) ?? 'overview' };
  const conversationId = first === 'chat' && second !== undefined && second !== '' ? decodeURIComponent(second) : null;
  return { name: 'chat', conversationId, messageId: new URLSearchParams(search).get('message') };
}

/** The address of a place, with its `#`, for `href`. */
export function hrefOf(place: Place): string {
  if (place.name === 'spend' && place.view !== undefined && place.view !== 'overview') return `#/spend/${place.view}`;
  if (place.name !== 'chat') return `#/${place.name}`;
  if (place.conversationId === null) return '#/chat';
  const message = place.messageId === null ? '' : `?message=${encodeURIComponent(place.messageId)}`;
  return `#/chat/${encodeURIComponent(place.conversationId)}${message}`;
}

/** Goes to a place. `replace` leaves no way back to where one is. */
export function goTo(place: Place, options: { readonly replace?: boolean } = {}): void {
  const href = hrefOf(place);
  if (options.replace === true) window.location.replace(href);
  else window.location.hash = href;
}

/** The place the address names, followed as it changes. */
export function usePlace(): Place {
  const [location] = useHashLocation();
  return useMemo(() => parsePlace(location), [location]);
}
