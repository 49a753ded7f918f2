import { expect, it } from 'vitest';
import { placesIn, presentScope, withoutPlace, withPlace, type ScopePlace } from './scope.ts';

const lease: ScopePlace = { kind: 'document', id: 'a', name: 'lease.pdf' };
// The same id: the kinds must not be mixed up.
const contracts: ScopePlace = { kind: 'collection', id: 'a', name: 'Contracts' };

it('adds each place once, and is nothing again when the last one goes', () => {
  const both = withPlace(withPlace(withPlace(null, lease), contracts), lease);
  expect(both).toEqual({ documentIds: ['a'], collectionIds: ['a'] });
  const one = withoutPlace(both, lease);
  expect(one).toEqual({ documentIds: [], collectionIds: ['a'] });
  expect(withoutPlace(one, contracts)).toBeNull();
});

it('leaves out what is gone, and all of it when nothing is left', () => {
  const scope = { documentIds: ['a', 'gone'], collectionIds: ['gone'] };
  expect(presentScope(scope, [lease, contracts])).toEqual({ documentIds: ['a'], collectionIds: [] });
  expect(presentScope({ documentIds: ['gone'], collectionIds: [] }, [lease])).toBeNull();
  expect(presentScope(scope, null)).toBe(scope);
  expect(placesIn(scope, [lease, contracts])).toEqual([lease]);
});
