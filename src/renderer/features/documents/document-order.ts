import type { DocumentInfo } from '../../../shared/contract/documents.ts';

export const sortKeys = ['name', 'status', 'pageCount', 'passageCount', 'tokenCount', 'cost', 'addedAt'] as const;
export type SortKey = (typeof sortKeys)[number];

export interface DocumentOrder {
  readonly key: SortKey;
  readonly descending: boolean;
}

/** What needs attention first, what is done last. */
const statusRank = { failed: 0, waiting: 1, reading: 2, embedding: 3, queued: 4, ready: 5 } as const;

function numberOf(document: DocumentInfo, key: Exclude<SortKey, 'name'>): number {
  if (key === 'status') return statusRank[document.status];
  if (key === 'cost') return document.indexingTotal.costNanos;
  return document[key] ?? -1;
}

/** The documents whose name holds every word of `query`, in the order asked for; ties by name. */
export function arrange(documents: readonly DocumentInfo[], order: DocumentOrder, query: string, locale: string): DocumentInfo[] {
  const words = query.toLocaleLowerCase(locale).split(/\s+/).filter(Boolean);
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const direction = order.descending ? -1 : 1;
  const { key } = order;
  return documents
    .filter(({ name }) => words.every((word) => name.toLocaleLowerCase(locale).includes(word)))
    .toSorted((a, b) => {
      // Comparing names is slow: of thousands that differ in number it is not needed.
      const byNumber = key === 'name' ? 0 : (numberOf(a, key) - numberOf(b, key)) * direction;
      return byNumber || collator.compare(a.name, b.name) * (key === 'name' ? direction : 1);
    });
}
