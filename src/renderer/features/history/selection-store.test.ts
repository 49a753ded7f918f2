import { beforeEach, expect, it } from 'vitest';
import { clearSelection, selectUpTo, toggleSelected, useSelection } from './selection-store.ts';
import type { Organised } from './use-history-actions.ts';

const conversation = (id: string): Organised => ({ id, title: id, folderId: null, isPinned: false, isArchived: false });
const [a, b, c, d] = [conversation('a'), conversation('b'), conversation('c'), conversation('d')];
const listed = [a, b, c, d];
const ids = () => useSelection.getState().conversations.map(({ id }) => id);

beforeEach(clearSelection);

it('selects one by one, and lets go of what is selected', () => {
  toggleSelected(a);
  toggleSelected(c);
  expect(ids()).toEqual(['a', 'c']);
  toggleSelected(a);
  expect(ids()).toEqual(['c']);
});

it('selects a range in either direction, from the one selected last, and each once', () => {
  toggleSelected(c);
  selectUpTo(a, listed);
  expect(ids().toSorted()).toEqual(['a', 'b', 'c']);
  selectUpTo(d, listed);
  expect(ids().toSorted()).toEqual(['a', 'b', 'c', 'd']);
});

it('begins with the one that is clicked where nothing was selected before', () => {
  selectUpTo(b, listed);
  selectUpTo(c, listed);
  expect(ids()).toEqual(['b', 'c']);
});
