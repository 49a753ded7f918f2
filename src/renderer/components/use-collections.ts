import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Collection } from '../../shared/contract/documents.ts';
import { queries } from '../rpc/queries.ts';

/** The collection that is there from the start, where files go when none is named. */
export const firstCollectionId = 'default';
/** The name the core gives it. */
const firstName = 'Documents';

export function isFirstCollection({ id }: Pick<Collection, 'id'>): boolean {
  return id === firstCollectionId;
}

/** The collections there are, the first one under a name in the reader's language as long as it has not been given one. */
export function useCollections(): readonly Collection[] {
  const { t } = useTranslation('documents');
  const { data } = useQuery(queries.collections());
  return (data?.collections ?? []).map((collection) =>
    isFirstCollection(collection) && collection.name === firstName ? { ...collection, name: t('collections.first') } : collection,
  );
}
