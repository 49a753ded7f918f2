import { useQuery } from '@tanstack/react-query';
import type { SearchScope } from '../../../shared/contract/chat.ts';
import { useCollections } from '../../components/use-collections.ts';
import { queries } from '../../rpc/queries.ts';

/** A document or collection a question can be limited to. */
export interface ScopePlace {
  readonly kind: 'document' | 'collection';
  readonly id: string;
  readonly name: string;
}

/** Every document and collection there is to search in; null while they are not known. */
export function useScopePlaces(isNeeded: boolean): readonly ScopePlace[] | null {
  const collections = useCollections();
  const { data } = useQuery({ ...queries.documents(), enabled: isNeeded });
  if (data === undefined) return null;
  const filled = collections.filter(({ documentCount }) => documentCount > 0);
  return [
    ...filled.map(({ id, name }): ScopePlace => ({ kind: 'collection', id, name })),
    ...data.documents.filter(({ status }) => status !== 'failed').map(({ id, name }): ScopePlace => ({ kind: 'document', id, name })),
  ];
}

/** Those of the places that are in the scope. */
export function placesIn(scope: SearchScope | null, places: readonly ScopePlace[]): readonly ScopePlace[] {
  if (scope === null) return [];
  return places.filter(({ kind, id }) => (kind === 'document' ? scope.documentIds : scope.collectionIds).includes(id));
}

/** The scope with a place more. */
export function withPlace(scope: SearchScope | null, { kind, id }: ScopePlace): SearchScope {
  const { documentIds, collectionIds } = withoutPlace(scope, { kind, id }) ?? { documentIds: [], collectionIds: [] };
  return kind === 'document'
    ? { documentIds: [...documentIds, id], collectionIds }
    : { documentIds, collectionIds: [...collectionIds, id] };
}

/** The scope with a place less; null when none is left. */
export function withoutPlace(scope: SearchScope | null, place: Pick<ScopePlace, 'kind' | 'id'>): SearchScope | null {
  if (scope === null) return null;
  const others = (ids: readonly string[], kind: ScopePlace['kind']) => ids.filter((id) => kind !== place.kind || id !== place.id);
  const documentIds = others(scope.documentIds, 'document');
  const collectionIds = others(scope.collectionIds, 'collection');
  return documentIds.length + collectionIds.length === 0 ? null : { documentIds, collectionIds };
}

/** The scope without what is gone; null when nothing is left, so that a question is not searched for nowhere. */
export function presentScope(scope: SearchScope | null, places: readonly ScopePlace[] | null): SearchScope | null {
  if (scope === null || places === null) return scope;
  const present = placesIn(scope, places);
  const idsOf = (wanted: ScopePlace['kind']) => present.filter(({ kind }) => kind === wanted).map(({ id }) => id);
  return present.length === 0 ? null : { documentIds: idsOf('document'), collectionIds: idsOf('collection') };
}
