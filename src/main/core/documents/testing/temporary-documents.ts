import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { forkParser } from '../../../../../tests/fork-parser.ts';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { closeDatabase, openDatabase, type Db } from '../../db/database.ts';
import { createAppEvents, type AppEvents } from '../../events.ts';
import type { MeteredEmbedder } from '../../providers/provider-clients.ts';
import { createPriceBook } from '../../spend/prices/price-book.ts';
import { createDocumentService, type DocumentService } from '../document-service.ts';

const dimensions = 4;

/** A model of which the price is known, when its provider is remote: 0.02 USD per million tokens. */
export const pricedSpace = 'openai/text-embedding-3-small';

/** What a test can turn, at any time. */
interface Switches {
  /** null: there is no model to embed with. */
  embedder: MeteredEmbedder | null;
  providerKind: 'remote' | 'local';
  askAboveNanos: number;
  /** At the next opening. */
  isPaused: boolean;
  /** Every look at the clock adds a second. */
  timeMs: number;
}

/** The service of documents on a folder of its own, with stand-ins for the embedding model. */
export interface DocumentBench {
  readonly switches: Switches;
  readonly dataDir: string;
  /** Texts that were to be embedded, call by call. */
  readonly calls: string[][];
  db: Db;
  service: DocumentService;
  events: AppEvents;
  /** As after a kill: nothing of what the service holds is told to the next one. */
  reopen(): Promise<void>;
  /** Writes a file of the user's and returns where it lies. */
  put(name: string, content: Uint8Array | string): string;
  add(name: string, content: Uint8Array | string, collectionId?: string): Promise<string>;
  /** A model that answers. */
  working(vectorSpace?: string): MeteredEmbedder;
  failing(code: 'KEY_REJECTED' | 'CONTEXT_TOO_LONG'): MeteredEmbedder;
  close(): Promise<void>;
}

/** Opens it without a model. What is sent to one is counted in words. */
export async function openDocumentBench(): Promise<DocumentBench> {
  const [dataDir, filesDir] = ['data', 'files'].map((name) => mkdtempSync(path.join(tmpdir(), `tally-${name}-`))) as [string, string]; // two in, two out
  const switches: Switches = { embedder: null, providerKind: 'local', askAboveNanos: 0, isPaused: false, timeMs: 0 };
  const calls: string[][] = [];
  let lastId = 0;
  const ports = {
    dataDir,
    now: () => (switches.timeMs += 1_000),
    newId: () => `id-${String((lastId += 1)).padStart(6, '0')}`,
  };

  async function open(): Promise<Pick<DocumentBench, 'db' | 'service' | 'events'>> {
    const [db, events] = [openDatabase(ports), createAppEvents()];
    const service = createService(db, events, ports, switches);
    await service.start();
    return { db, service, events };
  }

  async function shut(): Promise<void> {
    await bench.service.close();
    closeDatabase(bench.db);
  }

  function put(name: string, content: Uint8Array | string): string {
    const filePath = path.join(filesDir, name);
    writeFileSync(filePath, content);
    return filePath;
  }

  const embedderOf = (vectorSpace: string, reply: (texts: readonly string[]) => Promise<Float32Array[]>): MeteredEmbedder => ({
    vectorSpace,
    embed: (texts) => {
      calls.push([...texts]);
      return reply(texts);
    },
  });

  const bench: DocumentBench = {
    ...(await open()),
    switches,
    dataDir,
    calls,
    put,
    async reopen() {
      await shut();
      Object.assign(bench, await open());
    },
    add: (name, content, collectionId) => bench.service.addFile(put(name, content), collectionId),
    working: (vectorSpace = pricedSpace) =>
      embedderOf(vectorSpace, (texts) => Promise.resolve(texts.map(() => new Float32Array(dimensions).fill(0.5)))),
    failing: (code) => embedderOf(pricedSpace, () => Promise.reject(new AppError(code))),
    async close() {
      await shut();
      for (const dir of [dataDir, filesDir]) rmSync(dir, { recursive: true });
    },
  };
  return bench;
}

interface Ports {
  readonly dataDir: string;
  readonly now: () => number;
  readonly newId: () => string;
}

function createService(db: Db, events: AppEvents, ports: Ports, switches: Switches): DocumentService {
  const words = (text: string): number => text.split(/\s+/).length;
  const facts = () => ({
    providerKind: switches.providerKind,
    baseUrl: 'https://api.openai.com/v1',
    contextTokens: null,
    outputTokens: null,
    takesImages: true,
  });
  const service: DocumentService = createDocumentService({
    ...ports,
    db,
    events,
    launchParser: forkParser(),
    clients: {
      chatModel: () => Promise.reject(new AppError('NO_MODEL')),
      smallModelOf: (ref) => ref,
      embedder: () => Promise.resolve(switches.embedder),
    },
    models: { factsOf: facts, findFacts: facts, embeddingModel: () => null },
    priceBook: createPriceBook(),
    totalByDocuments: () => new Map(),
    callsOfMessages: () => [],
    countTokensFor: (text) => Promise.resolve(words(text)),
    askAboveNanos: () => switches.askAboveNanos,
    isPaused: switches.isPaused,
    resume: () => service.setPaused(false),
    origin: 'app',
    fetchForPage: () => fetch,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });
  return service;
}
