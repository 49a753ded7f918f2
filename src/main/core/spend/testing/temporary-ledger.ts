import { startFakeOpenAi, type FakeOpenAi, type FakeOpenAiOptions } from '../../../../../tests/fake-openai/start-fake-openai.ts';
import { openTemporaryDatabase } from '../../../../../tests/temporary-database.ts';
import type { Db } from '../../db/database.ts';
import { createAppEvents } from '../../events.ts';
import type { Fetch } from '../../ports.ts';
import { createLedger } from '../create-ledger.ts';
import type { LedgerDeps } from '../ledger-deps.ts';
import type { CallAttribution, Ledger } from '../ledger.ts';
import { createPriceBook } from '../prices/price-book.ts';
import { createTokenCounter } from '../tokens/token-counter.ts';
import { createUsageStore, type UsageStore } from '../usage-store.ts';

/** OpenAI's address. Calls to it have its prices, and arrive at the fake server. */
export const openAi = 'https://api.openai.com/v1';
export const chatUrl = `${openAi}/chat/completions`;
export const question = 'What does the lease say about the rent?';
/** 23:59 in Tokyo, where the test's user is. */
export const startedAt = Date.UTC(2026, 10, 23, 14, 59);
export const tokenCounter = createTokenCounter();
const priceBook = createPriceBook();

/** A database, a fake model server, and ledgers between them. */
export interface LedgerBench {
  readonly db: Db;
  readonly usageStore: UsageStore;
  readonly server: FakeOpenAi;
  /** Events that were logged. */
  readonly logged: readonly string[];
  ledger(deps?: Partial<LedgerDeps>): Ledger;
  /** Calls in the journal. */
  openCallCount(): number;
  close(): Promise<void>;
}

/** Sets everything up; `reply` is what the server answers. */
export async function openLedgerBench(reply: FakeOpenAiOptions['reply']): Promise<LedgerBench> {
  const temporary = openTemporaryDatabase();
  const { db } = temporary;
  const usageStore = createUsageStore(db);
  const models = ['gpt-4o-mini', 'gpt-5-mini', 'gpt-6.1-terra', 'gpt-5.6-luna', 'mystery-model', 'text-embedding-3-small'];
  const server = await startFakeOpenAi({ models, ...(reply ? { reply } : {}) });
  const logged: string[] = [];
  const log = (event: string): void => void logged.push(event);
  let lastId = 0;
  return {
    db,
    usageStore,
    server,
    logged,
    ledger: (deps = {}) =>
      createLedger({
        db,
        usageStore,
        priceBook,
        tokenCounter,
        events: createAppEvents(),
        now: () => startedAt,
        newId: () => `call-${(lastId += 1)}`,
        timeZone: () => 'Asia/Tokyo',
        log: { info: log, warn: log, error: log },
        fetch: () => redirectedTo(server),
        ...deps,
      }),
    openCallCount: () => Number(db.prepare('SELECT count(*) FROM open_call').pluck().get()),
    async close() {
      await server.close();
      temporary[Symbol.dispose]();
    },
  };
}

/** A fetch that takes what is meant for OpenAI to the fake server. */
export function redirectedTo(server: FakeOpenAi): Fetch {
  return (input, init) => fetch(new Request(input).url.replace(openAi, server.baseUrl), init);
}

/** An answer's attribution to OpenAI. */
export function attribution(fields: Partial<CallAttribution> = {}): CallAttribution {
  return {
    runId: 'run',
    purpose: 'answer',
    conversationId: 'conversation',
    messageId: 'message',
    documentId: null,
    providerId: 'openai',
    providerName: 'OpenAI',
    providerKind: 'remote',
    baseUrl: openAi,
    requestedModel: 'gpt-4o-mini',
    ...fields,
  };
}

/** A streamed chat request of one question. */
export function ask(model = 'gpt-4o-mini', fields: Readonly<Record<string, unknown>> = {}): RequestInit {
  const messages = [{ role: 'user', content: question }];
  return { method: 'POST', body: JSON.stringify({ model, messages, stream: true, stream_options: { include_usage: true }, ...fields }) };
}
