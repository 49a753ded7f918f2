import { expect, it } from 'vitest';
import { hrefOf, parsePlace, type Place } from './place.ts';

const places: Place[] = [
  { name: 'chat', conversationId: null, messageId: null },
  { name: 'chat', conversationId: '0192-a', messageId: null },
  { name: 'chat', conversationId: 'a/b?c', messageId: 'm&1' },
  { name: 'receipts', conversationId: 'a/b?c' },
  { name: 'documents' },
  { name: 'spend', view: 'overview' },
  { name: 'spend', view: 'budgets' },
  { name: 'spend', view: 'bill' },
  { name: 'spend', view: 'prices' },
  { name: 'spend', view: 'whatIf' },
  { name: 'spend', view: 'prices', priceOf: { providerId: '0192-p', model: 'org/a model&b' } },
  { name: 'library' },
  { name: 'settings' },
];

it.each(places)('comes back from its address: %j', (place) => {
  // What the router hands on: the hash without its sign.
  expect(parsePlace(hrefOf(place).slice(1))).toEqual(place);
});

it('takes an address it does not know for a new chat', () => {
  expect(parsePlace('/nowhere')).toEqual(places[0]);
});
