import { expect, it } from 'vitest';
import { emptyTotal } from '../../../shared/amount.ts';
import type { DocumentInfo } from '../../../shared/contract/documents.ts';
import { arrange } from './document-order.ts';

function documentOf(name: string, change: Partial<DocumentInfo> = {}): DocumentInfo {
  return {
    id: name,
    collectionId: 'all',
    name,
    mediaType: 'text/plain',
    sizeBytes: 1,
    status: 'ready',
    failure: null,
    notice: null,
    embeddedCount: 0,
    pageCount: null,
    passageCount: 0,
    tokenCount: null,
    estimate: null,
    hasVectors: true,
    indexingTotal: emptyTotal,
    addedAt: 0,
    ...change,
  };
}

const names = (documents: readonly DocumentInfo[]) => documents.map(({ name }) => name);

it('sorts names as people count, and an unknown number below any known one', () => {
  const documents = [documentOf('Page 10', { pageCount: 3 }), documentOf('page 2'), documentOf('page 1', { pageCount: 0 })];
  expect(names(arrange(documents, { key: 'name', descending: false }, '', 'en'))).toEqual(['page 1', 'page 2', 'Page 10']);
  expect(names(arrange(documents, { key: 'pageCount', descending: true }, '', 'en'))).toEqual(['Page 10', 'page 1', 'page 2']);
});

it('puts what needs attention first when sorted by state', () => {
  const documents = [documentOf('done'), documentOf('waiting', { status: 'queued' }), documentOf('broken', { status: 'failed' })];
  expect(names(arrange(documents, { key: 'status', descending: false }, '', 'en'))).toEqual(['broken', 'waiting', 'done']);
});

it('finds by every word, in any order and case', () => {
  const documents = [documentOf('2026/Lease Kyoto.pdf'), documentOf('2026/Lease Berlin.pdf'), documentOf('賃貸契約書.pdf')];
  expect(names(arrange(documents, { key: 'name', descending: false }, 'kyoto lease', 'en'))).toEqual(['2026/Lease Kyoto.pdf']);
  expect(names(arrange(documents, { key: 'name', descending: false }, '契約', 'ja'))).toEqual(['賃貸契約書.pdf']);
});
