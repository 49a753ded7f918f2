import { expect, it } from 'vitest';
import { emptyTotal } from '../../../shared/amount.ts';
import type { Conversation } from '../../../shared/contract/conversations.ts';
import type { Folder } from '../../../shared/contract/folders.ts';
import { usualParameters } from '../../../shared/usual-parameters.ts';
import { historyRows, keyOfRow, type History } from './history-rows.ts';

const now = new Date(2026, 10, 23, 12).getTime();
const nothing = { conversations: [], hasMore: false };
const empty: History = { pinned: nothing, folders: [], ofFolders: new Map(), loose: [] };

function conversation(id: string, updatedAt = now): Conversation {
  const asking = { parameters: usualParameters, systemPrompt: '', assistantId: null, model: null, collectionIds: [] };
  const place = { folderId: null, isPinned: false, isArchived: false };
  return { id, title: id, ...asking, ...place, leafMessageId: null, runId: null, total: emptyTotal, createdAt: 0, updatedAt };
}

function folder(id: string, costNanos = 0): Folder {
  return { id, name: id, isOpen: true, conversationCount: 1, total: { ...emptyTotal, costNanos } };
}

function section(hasMore: boolean, ...ids: string[]) {
  return { conversations: ids.map((id) => conversation(id)), hasMore };
}

const keys = (history: Partial<History>, order: 'newest' | 'dearest' = 'newest') =>
  historyRows({ ...empty, ...history }, order, now).map(keyOfRow);

it('has the pinned on top, then folders with what is in the open ones, then the rest by day', () => {
  const history = {
    pinned: section(false, 'p'),
    folders: [folder('open'), folder('closed'), folder('bare')],
    ofFolders: new Map([
      ['open', section(true, 'f')],
      ['bare', nothing],
    ]),
    loose: [conversation('today'), conversation('old', 0)],
  };
  expect(keys(history)).toEqual([
    'heading pinned',
    'p',
    'folder open',
    'f',
    'more open',
    'folder closed',
    'folder bare',
    'empty bare',
    'heading today',
    'today',
    'heading older',
    'old',
  ]);
});

it('sorts folders by what they cost where the dearest come first, and leaves days out', () => {
  const loose = [conversation('a'), conversation('b', 0)];
  expect(keys({ folders: [folder('cheap', 1), folder('dear', 2)], loose }, 'dearest')).toEqual([
    'folder dear',
    'folder cheap',
    'heading others',
    'a',
    'b',
  ]);
  expect(keys({ loose }, 'dearest')).toEqual(['a', 'b']);
});

it('shows a conversation once while the lists it moves between are read again', () => {
  expect(keys({ pinned: section(false, 'x'), loose: [conversation('x'), conversation('y')] })).toEqual([
    'heading pinned',
    'x',
    'heading today',
    'y',
  ]);
});
