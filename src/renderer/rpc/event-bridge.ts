import { useEffect } from 'react';
import type { QueryClient } from '@tanstack/react-query';
import type { AppContract } from '../../shared/contract/index.ts';
import type { AppEvent } from '../../shared/contract/app.ts';
import type { DocumentInfo } from '../../shared/contract/documents.ts';
import type { CallRoute } from '../../shared/rpc/define.ts';
import { rpc, useConnectionState } from './connection.ts';
import { queryClient } from './query-client.ts';
import { tellOfEnd } from './ended-answers.ts';
import { refreshConversation } from './refresh-conversation.ts';

/** Pause before watching again, so that a core that ends every stream at once is not hammered. */
const restartDelayMs = 250;

/** Events that come faster are taken together: indexing a folder sends hundreds a second. */
const eventsIntervalMs = 250;

type DocumentList = { readonly documents: readonly DocumentInfo[] };
type DocumentListKey = readonly [route: string, input?: { readonly collectionId?: string | null }];

/** What follows from the amounts of calls. */
const spendRoutes = [
  'spend.totals',
  'spend.split',
  'spend.whatIf',
  'spend.records',
  'prices.list',
  'prices.book',
  'prices.earlierCalls',
  'budgets.list',
  'bill.compare',
] as const;

/** What is to be asked for anew. */
interface Stale {
  readonly routes: Set<CallRoute<AppContract>>;
  readonly conversationIds: Set<string>;
}

/** Known documents are replaced in place and new ones put first, instead of asking for the whole list again. */
function applyDocuments(client: QueryClient, changed: ReadonlyMap<string, DocumentInfo>, stale: Stale): void {
  let touchesQuote = false;
  let touchesCollections = false;
  for (const [queryKey, list] of client.getQueriesData<DocumentList>({ queryKey: ['documents.list'] })) {
    if (list === undefined) continue;
    const unseen = new Map(changed);
    const documents = list.documents.map((known) => {
      const now = unseen.get(known.id);
      if (now === undefined) return known;
      unseen.delete(known.id);
      touchesQuote ||= known.status === 'waiting';
      return now;
    });
    // The keys of this route are made in queries.ts.
    const [, input] = queryKey as unknown as DocumentListKey;
    const isListed = ({ collectionId }: DocumentInfo): boolean => (input?.collectionId ?? collectionId) === collectionId;
    const added = [...unseen.values()].filter(isListed).toReversed();
    touchesCollections ||= added.length > 0;
    client.setQueryData<DocumentList>(queryKey, { documents: [...added, ...documents] });
  }
  const statuses = new Set([...changed.values()].map(({ status }) => status));
  // Into `waiting` and out of it again.
  if (touchesQuote || statuses.has('waiting')) stale.routes.add('documents.indexingQuote');
  if (touchesCollections || statuses.has('ready')) stale.routes.add('documents.collections').add('chat.quote');
}

/** Makes what the page has read follow what the core says has changed. */
export function applyEvents(client: QueryClient, events: readonly AppEvent[]): void {
  const stale: Stale = { routes: new Set(), conversationIds: new Set() };
  const documents = new Map<string, DocumentInfo>();
  for (const event of events) {
    if (event.type === 'document.changed') documents.set(event.document.id, event.document);
    else {
      if (event.type === 'document.removed') documents.delete(event.documentId);
      noteStale(stale, event);
    }
  }
  if (documents.size > 0) applyDocuments(client, documents, stale);
  for (const route of stale.routes) void client.invalidateQueries({ queryKey: [route] });
  for (const conversationId of stale.conversationIds) void refreshConversation(client, conversationId);
}

function noteStale({ routes, conversationIds }: Stale, event: Exclude<AppEvent, { type: 'document.changed' }>): void {
  const refresh = (...stale: readonly CallRoute<AppContract>[]): void => stale.forEach((route) => void routes.add(route));
  switch (event.type) {
    case 'conversation.changed':
      refresh('conversations.list', 'conversations.search', 'conversations.find', 'folders.list');
      conversationIds.add(event.conversationId);
      return;
    // Its conversation has changed, too, which is told apart.
    case 'answer.ended':
      return;
    case 'context.changed':
      refresh('chat.context', 'chat.quote');
      return;
    case 'usage.recorded':
      refresh(...spendRoutes);
      if (event.conversationId === null) return;
      refresh('conversations.list', 'folders.list');
      conversationIds.add(event.conversationId);
      return;
    case 'usage.settled':
    case 'usage.deleted':
      refresh(...spendRoutes);
      refresh('spend.deletions', 'spend.deletionQuote', 'bill.files', 'chat.quote');
      refresh('conversations.list', 'conversations.open', 'conversations.messages', 'folders.list', 'documents.card');
      return;
    case 'document.removed':
    case 'collections.changed':
      refresh('documents.list', 'documents.collections', 'documents.passageSettings', 'documents.indexingQuote', 'chat.quote');
      return;
    case 'folders.changed':
      refresh('folders.list', 'conversations.list', 'conversations.open', 'spend.split', 'spend.records');
      return;
    case 'library.changed':
      refresh('library.list');
      return;
    case 'providers.changed':
      refresh(
        'providers.list',
        'providers.models',
        'providers.environmentOffer',
        'keys.status',
        'prices.list',
        'prices.book',
        'chat.quote',
        'chat.context',
      );
      return;
    case 'prices.changed':
      refresh('prices.list', 'prices.book', 'prices.earlierCalls', 'spend.whatIf', 'providers.models', 'chat.quote', 'chat.context');
      return;
    case 'bills.changed':
      refresh('bill.files', 'bill.compare');
      return;
    case 'budgets.changed':
      refresh('budgets.list', 'chat.quote');
      return;
    case 'settings.changed':
      refresh('settings.get', 'keys.status', 'chat.quote');
  }
}

/** Applies the first event at once and those that follow it closely together. */
function createEventBatches(apply: (events: readonly AppEvent[]) => void): { add(event: AppEvent): void } {
  let waiting: AppEvent[] = [];
  let lastAt = -Infinity;
  function flush(): void {
    const events = waiting;
    waiting = [];
    lastAt = performance.now();
    apply(events);
  }
  return {
    add(event) {
      waiting.push(event);
      if (waiting.length === 1) setTimeout(flush, Math.max(0, lastAt + eventsIntervalMs - performance.now()));
    },
  };
}

async function followEvents(signal: AbortSignal): Promise<void> {
  const batches = createEventBatches((events) => applyEvents(queryClient, events));
  for (let isFirst = true; !signal.aborted && useConnectionState.getState().state !== 'refused'; isFirst = false) {
    try {
      const events = rpc.stream('events.watch', undefined, { signal });
      let next = events.next();
      // What happened while nobody watched is unknown, so everything is asked for anew.
      if (!isFirst) void queryClient.invalidateQueries();
      for (let item = await next; item.done !== true; item = await next) {
        batches.add(item.value);
        if (item.value.type === 'answer.ended') tellOfEnd(item.value);
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
