import { infiniteQueryOptions, mutationOptions, queryOptions } from '@tanstack/react-query';
import type { Message } from '../../shared/contract/chat.ts';
import type { ConversationOrder, ConversationPlace } from '../../shared/contract/conversations.ts';
import type { AppContract } from '../../shared/contract/index.ts';
import type { CallRoute, InputOf, OutputOf } from '../../shared/rpc/define.ts';
import type { AppError } from '../../shared/rpc/errors.ts';
import { batchReads } from './batch-reads.ts';
import { rpc } from './connection.ts';

type Input<R extends CallRoute<AppContract>> = InputOf<AppContract[R]>;
type Output<R extends CallRoute<AppContract>> = OutputOf<AppContract[R]>;

/** One call as a query. Its key is `[route, input]`, so `[route]` addresses every input of a route. */
function query<R extends CallRoute<AppContract>>(route: R, input: Input<R>) {
  return queryOptions<Output<R>, AppError, Output<R>, readonly [R, Input<R>]>({
    queryKey: [route, input] as const,
    queryFn: () => rpc.call(route, input),
  });
}

type OpenedConversation = Omit<Output<'conversations.open'>, 'messages'>;
type MessageKey = readonly ['conversations.messages', { readonly conversationId: string; readonly messageId: string }];

/** Most messages asked for in one call; the core refuses more than twice as many. */
const maxMessagesAtOnce = 100;

/** Conversations in a page of the pinned or of a folder. */
const sectionPageSize = 100;

const readMessage = batchReads(
  async (messageIds) => (await rpc.call('conversations.messages', { messageIds })).messages,
  maxMessagesAtOnce,
);

/** How long an image stays in memory after it was last seen. */
const imageKeptMs = 60_000;

/** Every route that reads, as TanStack Query options. */
export const queries = {
  appInfo: () => query('app.info', undefined),
  settings: () => query('settings.get', undefined),
  keyStorage: () => query('keys.status', undefined),

  providers: () => query('providers.list', undefined),
  presets: () => query('providers.presets', undefined),
  models: (providerId: string) => query('providers.models', { providerId }),
  localServers: () => query('providers.findLocal', undefined),
  environmentOffer: () => query('providers.environmentOffer', undefined),

  billFiles: () => query('bill.files', undefined),
  billComparison: (month: string) => query('bill.compare', { month }),

  prices: () => query('prices.list', undefined),
  earlierCalls: (input: Input<'prices.earlierCalls'>) => query('prices.earlierCalls', input),
  priceBook: () => query('prices.book', undefined),
  /** `conversationId`: the one that budgets for each conversation are asked about. */
  budgets: (conversationId: string | null = null) => query('budgets.list', { conversationId }),

  collections: () => query('documents.collections', undefined),
  documents: (collectionId: string | null = null) => query('documents.list', { collectionId }),
  indexingQuote: () => query('documents.indexingQuote', undefined),
  passageSettings: (collectionId: string) => query('documents.passageSettings', { collectionId }),
  /** Asking for another one cancels it in the core. */
  passagePreview: (input: Input<'documents.previewPassages'>) =>
    queryOptions<
      Output<'documents.previewPassages'>,
      AppError,
      Output<'documents.previewPassages'>,
      readonly ['documents.previewPassages', Input<'documents.previewPassages'>]
    >({
      queryKey: ['documents.previewPassages', input] as const,
      queryFn: ({ signal }) => rpc.call('documents.previewPassages', input, { signal }),
    }),
  documentCard: (documentId: string) => query('documents.card', { documentId }),
  documentText: (input: Input<'documents.read'>) => query('documents.read', input),

  /** What sending would cost. Asking for another one cancels it in the core. */
  quote: (input: Input<'chat.quote'>) =>
    queryOptions<Output<'chat.quote'>, AppError, Output<'chat.quote'>, readonly ['chat.quote', Input<'chat.quote'>]>({
      queryKey: ['chat.quote', input] as const,
      queryFn: ({ signal }) => rpc.call('chat.quote', input, { signal }),
    }),

  /** What of a branch goes along with the next question. */
  context: (input: Input<'chat.context'>) => query('chat.context', input),

  /** What is being written; null: for the conversation that has not begun. */
  draft: (conversationId: string | null) => query('drafts.read', { conversationId }),
  /** An image as a data URL: the same bytes for ever, read when it comes into view and let go soon after. */
  image: (imageId: string) =>
    queryOptions<string, AppError, string, readonly ['images.read', { readonly imageId: string }]>({
      queryKey: ['images.read', { imageId }] as const,
      queryFn: async () => {
        const { base64, mediaType } = await rpc.call('images.read', { imageId });
        return `data:${mediaType};base64,${base64}`;
      },
      gcTime: imageKeptMs,
    }),
  library: () => query('library.list', undefined),

  trace: (messageId: string) => query('chat.trace', { messageId }),

  /** A conversation and the order of its open branch. The newest messages come along and are kept under `message`. */
  conversation: (conversationId: string) =>
    queryOptions<OpenedConversation, AppError, OpenedConversation, readonly ['conversations.open', { conversationId: string }]>({
      queryKey: ['conversations.open', { conversationId }] as const,
      queryFn: async ({ client }) => {
        const { messages, ...opened } = await rpc.call('conversations.open', { conversationId });
        for (const message of messages) client.setQueryData(queries.message(conversationId, message.id).queryKey, message);
        return opened;
      },
    }),
  /** One message, whole; null when it is gone. Those asked for together are read together. */
  message: (conversationId: string, messageId: string) =>
    queryOptions<Message | null, AppError, Message | null, MessageKey>({
      queryKey: ['conversations.messages', { conversationId, messageId }] as const,
      queryFn: () => readMessage(messageId),
    }),
  conversationFind: (input: Input<'conversations.find'>) => query('conversations.find', input),
  conversationSearch: (input: Input<'conversations.search'>) => query('conversations.search', input),
  /** The conversations of a place, a page at a time. */
  conversations: (order: ConversationOrder = 'newest', place: Extract<ConversationPlace, string> = 'anywhere') =>
    infiniteQueryOptions({
      queryKey: ['conversations.list', { order, place }] as const,
      queryFn: ({ pageParam }) => rpc.call('conversations.list', { before: pageParam, order, place }),
      // The first page has no cursor; the type says what later ones have.
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
  /** A page of the pinned conversations or of a folder; the first is 0. */
  conversationPage: (place: 'pinned' | { folderId: string }, order: ConversationOrder, page: number) =>
    query('conversations.list', { place, order, before: String(page * sectionPageSize), limit: sectionPageSize }),
  folders: () => query('folders.list', undefined),

  spendDeletionQuote: (input: Input<'spend.deletionQuote'>) => query('spend.deletionQuote', input),
  spendDeletions: () => query('spend.deletions', undefined),
  spendTotals: () => query('spend.totals', undefined),
  spendSplit: (input: Input<'spend.split'>) => query('spend.split', input),
  spendWhatIf: (input: Input<'spend.whatIf'>) => query('spend.whatIf', input),
  /** Single calls, newest first, a page at a time. */
  spendRecords: (input: Omit<Input<'spend.records'>, 'before'>) =>
    infiniteQueryOptions({
      queryKey: ['spend.records', input] as const,
      queryFn: ({ pageParam }) => rpc.call('spend.records', { ...input, before: pageParam }),
      // As above.
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
    }),
};

/** A route that changes something, for `useMutation`. What it changes comes back through the core's events. */
export function mutation<R extends CallRoute<AppContract>>(route: R) {
  return mutationOptions<Output<R>, AppError, Input<R>>({ mutationKey: [route], mutationFn: (input) => rpc.call(route, input) });
}
