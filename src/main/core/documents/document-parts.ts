import type { LookupFunction } from 'node:net';
import type { AmountTotal } from '../../../shared/amount.ts';
import type { Collection, DocumentInfo, documents as documentContract } from '../../../shared/contract/documents.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import type { HandlersFor, RequestContext } from '../../../shared/rpc/define.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import type { Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import type { Fetch, LaunchParser, Logger } from '../ports.ts';
import type { KnownModels } from '../providers/model-facts.ts';
import type { ProviderClients } from '../providers/provider-clients.ts';
import type { PriceBook } from '../spend/prices/price-book.ts';
import type { CollectionStore } from './collection-store.ts';
import type { DocumentInfos } from './document-info.ts';
import type { DocumentRow, DocumentStore } from './document-store.ts';
import type { EmbeddingEstimator } from './estimate-embedding.ts';
import type { IndexQueue } from './index-queue.ts';
import type { PassageStore } from './passage-store.ts';
import type { TextStore } from './text-store.ts';
import type { Uploads } from './upload.ts';

export interface DocumentServiceOptions {
  readonly db: Db;
  readonly dataDir: string;
  readonly launchParser: LaunchParser;
  readonly clients: ProviderClients;
  readonly models: KnownModels;
  readonly priceBook: PriceBook;
  /** What indexing each of these documents has cost; documents without calls may be missing. */
  readonly totalByDocuments: (ids: readonly string[]) => ReadonlyMap<string, AmountTotal>;
  /** Every call made for these messages. */
  readonly callsOfMessages: (messageIds: readonly string[]) => readonly UsageRecord[];
  /** Tokens of a text by a model's own count. */
  readonly countTokensFor: (text: string, modelId: string) => Promise<number>;
  /** What may be spent on documents that come together without asking, in nano-USD. */
  readonly askAboveNanos: () => number;
  /** Whether indexing stands still at the start. */
  readonly isPaused: boolean;
  /** Ends a pause for good, as the person would. */
  readonly resume: () => void;
  /** Whose new collections are. */
  readonly origin: Collection['origin'];
  /** How a request for a web page travels, by its address; where a lookup is given, to what that finds. */
  readonly fetchForPage: (url: string, lookup: LookupFunction | null) => Fetch;
  readonly events: AppEvents;
  readonly now: () => number;
  readonly newId: () => string;
  readonly log: Logger;
  /** Most time one file may take to be read. */
  readonly parseDeadlineMs?: number;
}

type Handlers = HandlersFor<typeof documentContract>;

/** The `documents.*` routes without their prefix. */
export type DocumentRoutes = {
  readonly [R in keyof Handlers as R extends `documents.${infer Verb}` ? Verb : never]: (
    input: Parameters<Handlers[R]>[0],
    context?: RequestContext,
  ) => ReturnType<Handlers[R]>;
};

/** What the routes work on. */
export interface DocumentParts {
  readonly options: DocumentServiceOptions;
  readonly collections: CollectionStore;
  readonly documents: DocumentStore;
  readonly passages: PassageStore;
  readonly texts: TextStore;
  readonly estimator: EmbeddingEstimator;
  readonly uploads: Uploads;
  readonly queue: IndexQueue;
  readonly infos: DocumentInfos;
}

/** Throws AppError NOT_FOUND when there is no such document, or it is removed. */
export function presentDocument({ documents }: Pick<DocumentParts, 'documents'>, documentId: string): DocumentRow {
  const row = documents.get(documentId);
  if (row === undefined || row.removed_at !== null) throw new AppError('NOT_FOUND', 'No such document.');
  return row;
}

/** The document as the page sees it. Throws AppError NOT_FOUND. */
export function presentInfo(parts: Pick<DocumentParts, 'documents' | 'infos'>, documentId: string): DocumentInfo {
  const [info] = parts.infos.of([presentDocument(parts, documentId)]);
  if (info === undefined) throw new AppError('NOT_FOUND', 'No such document.');
  return info;
}

/** Throws AppError NOT_FOUND when there is no such collection, or it is removed. */
export function presentCollection({ collections }: Pick<DocumentParts, 'collections'>, collectionId: string): Collection {
  const collection = collections.get(collectionId);
  if (collection === undefined) throw new AppError('NOT_FOUND', 'No such collection.');
  return collection;
}
