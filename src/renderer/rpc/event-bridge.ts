import { useEffect } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import type { AppContract } from '../../shared/contract/index.ts';
import type { AppEvent } from '../../shared/contract/app.ts';
import type { DocumentInfo } from '../../shared/contract/documents.ts';
import type { CallRoute } from '../../shared/rpc/define.ts';
import { rpc, useConnectionState } from './connection.ts';
import { queryClient } from './query-client.ts';
import { refreshConversation } from './refresh-conversation.ts';

/** Pause before watching again, so that a core that ends every stream at once is not hammered. */
const restartDelayMs = 250;

type DocumentList = { readonly documents: DocumentInfo[] };

function refresh(client: QueryClient, ...routes: readonly CallRoute<AppContract>[]): void {
  for (const route of routes) void client.invalidateQueries({ queryKey: [route] });
}

/** Indexing reports every batch: a known document is replaced in place instead of asking for the whole list again. */
function applyDocument(client: QueryClient, document: DocumentInfo): void {
  let isKnown = false;
  let wasWaiting = false;
  client.setQueriesData<DocumentList>({ queryKey: ['documents.list'] }, (list) => {
    const before = list?.documents.find(({ id }) => id === document.id);
    if (list === undefined || before === undefined) return list;
    isKnown = true;
    wasWaiting ||= before.status === 'waiting';
    return { documents: list.documents.map((known) => (known.id === document.id ? document : known)) };
  });
  if (!isKnown) refresh(client, 'documents.list');
  // Into `waiting` and out of it again.
  if (document.status === 'waiting' || wasWaiting) refresh(client, 'documents.indexingQuote');
  if (!isKnown || document.status === 'ready') refresh(client, 'documents.collections', 'chat.quote');
}

/** Makes what the page has read follow what the core says has changed. */
export function applyEvent(client: QueryClient, event: AppEvent): void {
  switch (event.type) {
    case 'conversation.changed':
      refresh(client, 'conversations.list', 'conversations.search');
      void refreshConversation(client, event.conversationId);
      return;
    case 'usage.recorded':
      refresh(client, 'spend.totals', 'spend.split', 'spend.records', 'prices.list');
      if (event.conversationId === null) return;
      refresh(client, 'conversations.list');
      void refreshConversation(client, event.conversationId);
      return;
    case 'usage.deleted':
      refresh(client, 'spend.totals', 'spend.split', 'spend.records', 'spend.deletions', 'spend.deletionQuote', 'prices.list');
      refresh(client, 'conversations.list', 'conversations.open', 'documents.card');
      return;
    case 'document.changed':
      applyDocument(client, event.document);
      return;
    case 'document.removed':
    case 'collections.changed':
      refresh(client, 'documents.list', 'documents.collections', 'documents.indexingQuote', 'chat.quote');
      return;
    case 'library.changed':
      refresh(client, 'library.list');
      return;
    case 'providers.changed':
      refresh(client, 'providers.list', 'providers.models', 'providers.environmentOffer', 'keys.status', 'prices.list', 'chat.quote');
      return;
    case 'prices.changed':
      refresh(client, 'prices.list', 'providers.models', 'chat.quote');
      return;
    case 'settings.changed':
      refresh(client, 'settings.get', 'keys.status', 'chat.quote');
  }
}

async function followEvents(signal: AbortSignal): Promise<void> {
  for (let isFirst = true; !signal.aborted && useConnectionState.getState().state !== 'refused'; isFirst = false) {
    try {
      const events = rpc.stream('events.watch', undefined, { signal });
      let next = events.next();
      // What happened while nobody watched is unknown, so everything is asked for anew.
      if (!isFirst) void queryClient.invalidateQueries();
      for (let item = await next; item.done !== true; item = await next) {
        applyEvent(queryClient, item.value);
        next = events.next();
      }
    } catch {
      // The connection is gone; `rpc` waits for the next one.
    }
    await new Promise((resolve) => setTimeout(resolve, restartDelayMs));
  }
}

/** Keeps every query fresh for as long as the component lives. */
export function useEventBridge(): void {
  useEffect(() => {
    const controller = new AbortController();
    void followEvents(controller.signal);
    return () => controller.abort();
  }, []);
}
