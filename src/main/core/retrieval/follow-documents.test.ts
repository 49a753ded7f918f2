import { expect, it } from 'vitest';
import type { DocumentInfo } from '../../../shared/contract/documents.ts';
import { createAppEvents } from '../events.ts';
import { followDocuments } from './follow-documents.ts';

const log = { info() {}, warn() {}, error() {} };

/** A search that lets its test end each load, and await the next. */
function controlledSearch() {
  const begun: { readonly space: string; readonly end: (error?: Error) => void }[] = [];
  let onBegin: (() => void) | null = null;
  return {
    loadAhead(space: string, signal: AbortSignal): Promise<void> {
      return new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        begun.push({ space, end: (error) => (error === undefined ? resolve() : reject(error)) });
        onBegin?.();
      });
    },
    begun,
    async loads(count: number): Promise<void> {
      while (begun.length < count) await new Promise<void>((resolve) => (onBegin = resolve));
    },
  };
}

/** Only its status is looked at. */
const documentThat = (status: DocumentInfo['status']): DocumentInfo => ({ status }) as DocumentInfo;

it('loads after the start and, however many documents became ready meanwhile, once more after it', async () => {
  const events = createAppEvents();
  const retriever = controlledSearch();
  let space: string | null = 'p/small';
  const following = followDocuments({ events, retriever, vectorSpace: () => space, log, pauseMs: 0 });
  await retriever.loads(1);
  for (const status of ['ready', 'embedding', 'ready'] as const) events.emit({ type: 'document.changed', document: documentThat(status) });
  space = 'p/large';
  retriever.begun[0]?.end();
  await retriever.loads(2);
  expect(retriever.begun.map((load) => load.space)).toEqual(['p/small', 'p/large']);
  retriever.begun[1]?.end();
  await following.close();
  expect(retriever.begun).toHaveLength(2);
});

it('goes on after a load that failed, and ends one that is under way with the core', async () => {
  const events = createAppEvents();
  const retriever = controlledSearch();
  const following = followDocuments({ events, retriever, vectorSpace: () => 'p/m', log, pauseMs: 0 });
  await retriever.loads(1);
  retriever.begun[0]?.end(new Error('database is locked'));
  await new Promise(setImmediate);
  events.emit({ type: 'providers.changed' });
  await retriever.loads(2);
  await following.close();
  events.emit({ type: 'providers.changed' });
  expect(retriever.begun).toHaveLength(2);
});

it('loads again for what happens in the very moment a load ends, however it ends', async () => {
  for (const error of [undefined, new Error('database is locked')]) {
    for (let ticks = 0; ticks < 8; ticks += 1) {
      const events = createAppEvents();
      const retriever = controlledSearch();
      const following = followDocuments({ events, retriever, vectorSpace: () => 'p/m', log, pauseMs: 0 });
      await retriever.loads(1);
      retriever.begun[0]?.end(error);
      for (let tick = 0; tick < ticks; tick += 1) await Promise.resolve();
      events.emit({ type: 'providers.changed' });
      await retriever.loads(2);
      await following.close();
    }
  }
});

it('loads again for what happened during a load that failed', async () => {
  const events = createAppEvents();
  const retriever = controlledSearch();
  const following = followDocuments({ events, retriever, vectorSpace: () => 'p/m', log, pauseMs: 0 });
  await retriever.loads(1);
  events.emit({ type: 'providers.changed' });
  retriever.begun[0]?.end(new Error('database is locked'));
  await retriever.loads(2);
  await following.close();
});
