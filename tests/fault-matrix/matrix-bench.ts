import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import type { UsageRecord } from '../../src/shared/contract/usage.ts';
import { createAppEvents } from '../../src/main/core/events.ts';
import type { Fetch } from '../../src/main/core/ports.ts';
import { createProviderClients } from '../../src/main/core/providers/create-provider-clients.ts';
import type { ProviderClients, StepAttribution } from '../../src/main/core/providers/provider-clients.ts';
import { CostCallbackHandler } from '../../src/main/core/spend/cost-callback.ts';
import { createLedger } from '../../src/main/core/spend/create-ledger.ts';
import { createPriceBook } from '../../src/main/core/spend/prices/price-book.ts';
import { createTokenCounter } from '../../src/main/core/spend/tokens/token-counter.ts';
import { createUsageStore } from '../../src/main/core/spend/usage-store.ts';
import { createGate, startFakeOpenAi, type BilledCall, type FakeOpenAiOptions, type FakeReply } from '../fake-openai/start-fake-openai.ts';
import type { FakeRequest } from '../fake-openai/fake-request.ts';
import { openTemporaryDatabase } from '../temporary-database.ts';
import type { FaultCase } from './fault-case.ts';

/** What one case came to. */
export interface Played {
  /** Oldest first. */
  readonly records: readonly UsageRecord[];
  /** Billable requests that arrived at the server. */
  readonly arrivedCount: number;
  /** The server's line for a record; undefined for a refused call, which has none. */
  lineOf(record: UsageRecord): BilledCall | undefined;
  /** Whether the server has told the client what stands on this line. */
  isReported(line: BilledCall): boolean;
  /** Everything the server billed for the case. */
  readonly lines: readonly BilledCall[];
}

/** A server with its own bill, a database, and the app's own clients between them. */
export interface MatrixBench {
  play(faultCase: FaultCase): Promise<Played>;
  /** Calls left in the journal. */
  openCallCount(): number;
  close(): Promise<void>;
}

export const question = 'What does the lease say about the rent?';
const baseUrls = { openai: 'https://api.openai.com/v1', openrouter: 'https://openrouter.ai/api/v1' };
const providerId = 'provider';
const priceBook = createPriceBook();

/** Starts one bench for many cases. `server` options are those of the fake server, without its replies. */
export async function openMatrixBench(serverOptions: Omit<FakeOpenAiOptions, 'reply'> = {}): Promise<MatrixBench> {
  const temporary = openTemporaryDatabase();
  const { db } = temporary;
  // What a power cut leaves is tried elsewhere; here a thousand calls need not wait for the disk.
  db.pragma('synchronous = OFF');
  const usageStore = createUsageStore(db);
  const tokenCounter = createTokenCounter();
  const script: { replies: FakeReply[]; onRequest: (request: FakeRequest) => void } = { replies: [], onRequest: () => undefined };
  const server = await startFakeOpenAi({
    ...serverOptions,
    reply(request) {
      script.onRequest(request);
      const next = script.replies.shift();
      if (next !== undefined && !('status' in next) && next.fault === 'no-usage') withoutUsage.add(request.receivedAt);
      return next;
    },
  });
  const countOpen = db.prepare('SELECT count(*) FROM open_call').pluck();
  const openCallCount = (): number => Number(countOpen.get());
  const withoutUsage = new Set<number>();
  let caseCount = 0;
  let idCount = 0;

  async function play(faultCase: FaultCase): Promise<Played> {
    caseCount += 1;
    const messageId = `message-${caseCount}`;
    const billedBefore = server.bill().length;
    const events = createAppEvents();
    const ledger = createLedger({
      db,
      usageStore,
      priceBook,
      tokenCounter,
      events,
      now: Date.now,
      newId: () => `call-${String((idCount += 1)).padStart(6, '0')}`,
      timeZone: () => 'UTC',
      log: { info: () => undefined, warn: () => undefined, error: () => undefined },
      fetch: () => redirected(server.baseUrl, faultCase.unreachable ?? 0),
      retryPauseMs: 1,
      lookUpPausesMs: [1, 1, 1],
      limits: faultCase.limits ?? {},
      finishStopped: () => faultCase.finishStopped ?? false,
      countInputByProvider: () => faultCase.countInputByProvider ?? false,
    });
    const clients = createProviderClients({ store: oneProvider(faultCase), keys: { read: async () => 'sk-test' }, ledger });
    const requests: FakeRequest[] = [];
    const arrived = Promise.withResolvers<void>();
    script.onRequest = (request) => {
      requests.push(request);
      arrived.resolve();
    };
    await run(faultCase, clients, messageId, script, { arrived: arrived.promise, requests });
    await journalEmpty(events, openCallCount);
    await ledger.close();
    const lines = server.bill().slice(billedBefore);
    return {
      records: usageStore.listByMessages([messageId]),
      arrivedCount: requests.length,
      lines,
      isReported: ({ id, complete }) => complete && !withoutUsage.has(Number(id.split('-').at(-1))),
      lineOf: ({ requestId }) => lines.find(({ id }) => requestId === id || requestId === `req_${id}`),
    };
  }

  return {
    play,
    openCallCount,
    async close() {
      await server.close();
      await tokenCounter.close();
      temporary[Symbol.dispose]();
    },
  };
}

/** Takes what is meant for the real address to the server; the first attempts, as many as asked for, find nobody. */
function redirected(serverUrl: string, unreachable: number): Fetch {
  let attempts = 0;
  return (input, init) => {
    attempts += 1;
    if (attempts <= unreachable) {
      return Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) }));
    }
    const { url } = new Request(input);
    return fetch(url.replace(baseUrls.openai, serverUrl).replace(baseUrls.openrouter, serverUrl), init);
  };
}

/** Some calls are booked after their answer is over: when the rest was read, or the provider was asked. */
function journalEmpty(events: ReturnType<typeof createAppEvents>, openCallCount: () => number): Promise<void> {
  const emptied = Promise.withResolvers<void>();
  const check = (): void => {
    if (openCallCount() === 0) emptied.resolve();
  };
  events.subscribe(check);
  check();
  return emptied.promise;
}

function oneProvider({ address = 'openai', model }: FaultCase) {
  const row = {
    id: providerId,
    preset: 'custom' as const,
    kind: 'remote' as const,
    name: address,
    baseUrl: baseUrls[address],
    needsKey: true,
    embeddingModelId: model ?? 'text-embedding-3-small',
    smallModelId: null,
    createdAt: 0,
  };
  return { list: () => [row], get: () => row, model: () => undefined };
}

interface Script {
  replies: FakeReply[];
}

/** Makes the call as the app does and lets it fail as it will. */
async function run(
  faultCase: FaultCase,
  clients: ProviderClients,
  messageId: string,
  script: Script,
  server: { readonly arrived: Promise<void>; readonly requests: readonly FakeRequest[] },
): Promise<void> {
  const { stopAfter, replies } = faultCase;
  const stopping = new AbortController();
  const heldAfter = faultCase.readFirst ?? (stopAfter === 'nothing' ? undefined : stopAfter);
  const gate = heldAfter === undefined ? null : createGate({ afterTokens: heldAfter });
  script.replies = replies.map((reply) => (gate === null || 'status' in reply ? reply : { ...reply, gate }));
  const isRead = Promise.withResolvers<void>();
  const step = { ...attributionOf(messageId), purpose: faultCase.purpose ?? 'answer' };
  const calling = callOf(faultCase, clients, step, stopping.signal, (readCount) => readCount === heldAfter && isRead.resolve());
  if (gate !== null) {
    await gate.reached();
    if (heldAfter !== 0) await isRead.promise;
  } else if (stopAfter === 'nothing') await server.arrived;
  if (stopAfter === undefined || faultCase.finishStopped === true) gate?.open();
  if (stopAfter !== undefined) stopping.abort();
  await calling.catch(() => undefined);
  // What the server sends after the client has gone must not be taken for something it has read.
  if (stopAfter !== undefined && faultCase.finishStopped !== true) await server.requests.at(-1)?.ended;
  gate?.open();
}

function attributionOf(messageId: string): Omit<StepAttribution, 'purpose'> {
  return { runId: 'run', conversationId: null, messageId, documentId: null };
}

/** Calls the model of a step: an answer streams, a title comes whole, a rewritten question streams unseen. */
async function callOf(
  faultCase: FaultCase,
  clients: ProviderClients,
  step: StepAttribution,
  signal: AbortSignal,
  onRead: (tokenCount: number) => void,
): Promise<void> {
  const { purpose } = step;
  if (purpose === 'query_embedding' || purpose === 'index_embedding') {
    const embedder = await clients.embedder();
    await embedder?.embed(['The rent is due monthly.', 'The roof leaks.'], { attribution: step, signal });
    return;
  }
  const { model } = await clients.chatModel({ providerId, modelId: faultCase.model ?? 'gpt-4o-mini' }, step);
  const messages = [new SystemMessage('Be brief.'), new HumanMessage(question)];
  if (purpose === 'title') return void (await model.invoke(messages, { signal }));
  if (purpose === 'condense') {
    const cost = new CostCallbackHandler({ priceBook, tokenCounter: createTokenCounter() });
    return void (await model.invoke(messages, { signal, callbacks: [cost] }));
  }
  let readCount = 0;
  for await (const chunk of await model.stream(messages, { signal })) {
    if (chunk.text !== '') readCount += 1;
    onRead(readCount);
  }
}
