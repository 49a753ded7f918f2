import { useMemo } from 'react';
import { useHashLocation } from 'wouter/use-hash-location';

/** The parts of Spend. */
export const spendViews = ['overview', 'budgets', 'prices', 'whatIf', 'bill'] as const;
export type SpendView = (typeof spendViews)[number];

/** A model of a provider that a price is to be set for. */
export interface PricedModel {
  readonly providerId: string;
  readonly model: string;
}

/** Where in Tally the page is. The address after `#` says it, so reload and Back work. */
export type Place =
  | { readonly name: 'chat'; readonly conversationId: string | null; readonly messageId: string | null }
  | { readonly name: 'receipts'; readonly conversationId: string }
  | { readonly name: 'documents' }
  | { readonly name: 'spend'; readonly view?: SpendView; readonly priceOf?: PricedModel }
  | { readonly name: 'library' }
  | { readonly name: 'settings' };

/** Reads `/chat/ID?message=ID`, `/receipts/ID`, `/documents`, `/spend`, `/spend/VIEW`, `/spend/prices?provider=ID&model=ID`, `/library` or `/settings`; anything else is a new chat. */
export function parsePlace(location: string): Place {
  const [path = '', search = ''] = location.split('?', 2);
  const [, first, second] = path.split('/');
  if (first === 'documents' || first === 'library' || first === 'settings') return { name: first };
  if (first === 'spend') return { name: 'spend', view: spendViews.find((view) => view === second) ?? 'overview', ...pricedModelIn(search) };
  if (first === 'receipts' && second !== undefined && second !== '')
    return { name: 'receipts', conversationId: decodeURIComponent(second) };
  const conversationId = first === 'chat' && second !== undefined && second !== '' ? decodeURIComponent(second) : null;
  return { name: 'chat', conversationId, messageId: new URLSearchParams(search).get('message') };
}

function pricedModelIn(search: string): { priceOf?: PricedModel } {
  const params = new URLSearchParams(search);
  const [providerId, model] = [params.get('provider'), params.get('model')];
  return providerId === null || model === null ? {} : { priceOf: { providerId, model } };
}

/** The address of a place, with its `#`, for `href`. */
export function hrefOf(place: Place): string {
  if (place.name === 'spend' && place.view !== undefined && place.view !== 'overview') {
    const { view, priceOf } = place;
    if (priceOf === undefined) return `#/spend/${view}`;
    return `#/spend/${view}?${new URLSearchParams({ provider: priceOf.providerId, model: priceOf.model }).toString()}`;
  }
  if (place.name === 'receipts') return `#/receipts/${encodeURIComponent(place.conversationId)}`;
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
