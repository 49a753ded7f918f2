import { QueryClient } from '@tanstack/react-query';
import { beforeEach, describe, expect, it } from 'vitest';
import type { DocumentInfo } from '../../shared/contract/documents.ts';
import { emptyTotal } from '../../shared/amount.ts';
import { applyEvent } from './event-bridge.ts';

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

describe('applyEvent', () => {
  it('shows the progress of a known document without asking for the list', () => {
    applyEvent(client, { type: 'document.changed', document: { ...lease, embeddedCount: 7 } });
    expect(client.getQueryData(['documents.list', { collectionId: null }])).toEqual({ documents: [{ ...lease, embeddedCount: 7 }] });
    expect(isStale('documents.list', { collectionId: null })).toBe(false);
  });

  it('asks for the list when a document is new', () => {
    applyEvent(client, { type: 'document.changed', document: { ...lease, id: 'd2' } });
    expect(isStale('documents.list', { collectionId: null })).toBe(true);
    expect(isStale('documents.collections', undefined)).toBe(true);
  });

  it('asks again for the conversation that changed and for no other', () => {
    applyEvent(client, { type: 'conversation.changed', conversationId: 'a' });
    expect(isStale('conversations.open', { conversationId: 'a' })).toBe(true);
    expect(isStale('conversations.messages', { conversationId: 'a', messageId: 'm' })).toBe(true);
    expect(isStale('conversations.open', { conversationId: 'b' })).toBe(false);
    expect(isStale('conversations.messages', { conversationId: 'b', messageId: 'n' })).toBe(false);
    expect(isStale('conversations.list')).toBe(true);
  });

  it('lets a booked call reach the totals and the history', () => {
    applyEvent(client, { type: 'usage.recorded', conversationId: 'a' });
    expect(isStale('spend.totals', undefined)).toBe(true);
    expect(isStale('conversations.list')).toBe(true);
    expect(isStale('conversations.open', { conversationId: 'a' })).toBe(true);
    expect(isStale('conversations.messages', { conversationId: 'a', messageId: 'm' })).toBe(true);
  });
});
