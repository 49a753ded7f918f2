import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DocumentInfo } from '../../shared/contract/documents.ts';
import { emptyTotal } from '../../shared/amount.ts';
import { applyEvents } from './event-bridge.ts';

const lease: DocumentInfo = {
  id: 'd1',
  collectionId: 'c',
  name: 'lease.pdf',
  mediaType: 'application/pdf',
  sizeBytes: 1,
  status: 'embedding',
  failure: null,
  notice: null,
  embeddedCount: 0,
  pageCount: 1,
  passageCount: 10,
  tokenCount: 1,
  hasVectors: false,
  estimate: null,
  indexingTotal: emptyTotal,
  addedAt: 0,
};

let client: QueryClient;

function isStale(...key: readonly unknown[]): boolean {
  return client.getQueryState(key)?.isInvalidated ?? false;
}

beforeEach(() => {
  client = new QueryClient();
  client.setQueryData(['documents.list', { collectionId: null }], { documents: [lease] });
  client.setQueryData(['documents.collections', undefined], { collections: [] });
  client.setQueryData(['conversations.list'], { pages: [], pageParams: [] });
  client.setQueryData(['conversations.open', { conversationId: 'a' }], {});
  client.setQueryData(['conversations.open', { conversationId: 'b' }], {});
  client.setQueryData(['conversations.messages', { conversationId: 'a', messageId: 'm' }], {});
  client.setQueryData(['conversations.messages', { conversationId: 'b', messageId: 'n' }], {});
  client.setQueryData(['spend.totals', undefined], {});
});

describe('applyEvents', () => {
  it('shows the progress of a known document without asking for the list', () => {
    applyEvents(client, [{ type: 'document.changed', document: { ...lease, embeddedCount: 7 } }]);
    expect(client.getQueryData(['documents.list', { collectionId: null }])).toEqual({ documents: [{ ...lease, embeddedCount: 7 }] });
    expect(isStale('documents.list', { collectionId: null })).toBe(false);
  });

  it('puts new documents first, in the lists they belong to, without asking for thousands of others', () => {
    const key = ['documents.list', { collectionId: 'other' }];
    client.setQueryData(key, { documents: [] });
    const events = ['d2', 'd3'].map((id) => ({ type: 'document.changed', document: { ...lease, id } }) as const);
    applyEvents(client, events);
    expect(client.getQueryData<{ documents: DocumentInfo[] }>(['documents.list', { collectionId: null }])?.documents.map(({ id }) => id)).toEqual(['d3', 'd2', 'd1']); // prettier-ignore
    expect(client.getQueryData(key)).toEqual({ documents: [] });
    expect(isStale('documents.list', { collectionId: null })).toBe(false);
    expect(isStale('documents.collections', undefined)).toBe(true);
  });

  it('takes a document that was removed in the same moment for removed', () => {
    applyEvents(client, [
      { type: 'document.changed', document: { ...lease, id: 'd2' } },
      { type: 'document.removed', documentId: 'd2' },
    ]);
    expect(client.getQueryData(['documents.list', { collectionId: null }])).toEqual({ documents: [lease] });
    expect(isStale('documents.list', { collectionId: null })).toBe(true);
  });

  it('asks again for the conversation that changed and for no other', () => {
    applyEvents(client, [{ type: 'conversation.changed', conversationId: 'a' }]);
    expect(isStale('conversations.open', { conversationId: 'a' })).toBe(true);
    expect(isStale('conversations.messages', { conversationId: 'a', messageId: 'm' })).toBe(true);
    expect(isStale('conversations.open', { conversationId: 'b' })).toBe(false);
    expect(isStale('conversations.messages', { conversationId: 'b', messageId: 'n' })).toBe(false);
    expect(isStale('conversations.list')).toBe(true);
  });

  it('lets a booked call reach the totals and the history', () => {
    applyEvents(client, [{ type: 'usage.recorded', conversationId: 'a' }]);
    expect(isStale('spend.totals', undefined)).toBe(true);
    expect(isStale('conversations.list')).toBe(true);
    expect(isStale('conversations.open', { conversationId: 'a' })).toBe(true);
    expect(isStale('conversations.messages', { conversationId: 'a', messageId: 'm' })).toBe(true);
  });
});
