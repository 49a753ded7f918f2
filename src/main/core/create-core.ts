import { appContract } from '../../shared/contract/index.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import { createAsking } from './chat/create-asking.ts';
import { warmUp } from './chat/warm-up.ts';
import { createBranchStore } from './conversations/branch-store.ts';
import { createConversationService } from './conversations/conversation-service.ts';
import { createConversationStore } from './conversations/conversation-store.ts';
import { createDrafts } from './conversations/drafts.ts';
import { createConversationExport } from './conversations/export-conversations.ts';
import { createFolderService } from './conversations/folder-service.ts';
import { imageRoutes } from './conversations/image-routes.ts';
import { createImageStore } from './conversations/image-store.ts';
import { createImportService } from './conversations/import/import-service.ts';
import { createMessageStore } from './conversations/message-store.ts';
import { createMessageReader } from './conversations/read-messages.ts';
import { createRequestPartStore } from './conversations/request-part-store.ts';
import { createSummaryStore } from './conversations/summary-store.ts';
import { applyRestore } from './db/backup/apply-restore.ts';
import { createBackupService } from './db/backup/backup-service.ts';
import { closeDatabase, inTransaction, openDatabase, type Db } from './db/database.ts';
import { claimDataDir } from './db/data-dir-lock.ts';
import { createDocumentService } from './documents/document-service.ts';
import { followEmbeddingModel } from './documents/follow-embedding-model.ts';
import { createAppEvents } from './events.ts';
import { createLibraryService } from './library/library-service.ts';
import type { CorePorts } from './ports.ts';
import { vectorSpaceOf } from './providers/provider-clients.ts';
import { createProviderClients } from './providers/create-provider-clients.ts';
import { createDemoFetch } from './providers/demo/demo-fetch.ts';
import { createKnownModels } from './providers/model-facts.ts';
import { createProviderFetch } from './providers/provider-fetch.ts';
import { createProviderKeys } from './providers/provider-keys.ts';
import { createProviderService } from './providers/provider-service.ts';
import { createProviderStore } from './providers/provider-store.ts';
import { createRestartableCore, type Core } from './restartable-core.ts';
import { createRetriever } from './retrieval/create-retriever.ts';
import { followDocuments } from './retrieval/follow-documents.ts';
import { createHandlers, type Services } from './rpc/handlers.ts';
import { createRpcServer } from './rpc/server.ts';
import { createSettingsService } from './settings/settings-service.ts';
import { createSpending } from './spend/create-spending.ts';
import type { Ledger } from './spend/ledger.ts';
import { createTokenCounter } from './spend/tokens/token-counter.ts';

/** Whose tokenizer counts for the demo model. */
const tokenizerModel = 'gpt-4o';

/**
 * Puts the core together. The one place that knows every part. Only one process may own a data folder, save for the
 * terminal, which may ask beside a running Tally and then repairs nothing.
 * Throws AppError DATA_DIR_IN_USE, DATA_DIR_READ_ONLY, DATABASE_NEWER, DATABASE_DAMAGED or DISK_FULL.
 */
export async function createCore(ports: CorePorts): Promise<Core> {
  const claim = claimDataDir(ports.dataDir);
  if (claim === null && ports.host !== 'terminal') {
    throw new AppError('DATA_DIR_IN_USE', 'Another Tally has this data folder.', { data: { file: ports.dataDir } });
  }
  const replaceData = (): void => {
    if (claim !== null) applyRestore(ports.dataDir);
  };
  try {
    replaceData();
    const core = await createRestartableCore((restart) => open(ports, claim !== null, restart), replaceData);
    return {
      accept: core.accept,
      async close() {
        await core.close();
        claim?.release();
      },
    };
  } catch (error) {
    claim?.release();
    throw error;
  }
}

async function open(ports: CorePorts, isOwner: boolean, restart: () => void): Promise<Core> {
  const db = openDatabase(ports);
  try {
    return await compose(ports, db, isOwner, restart);
  } catch (error) {
    closeDatabase(db);
    throw error;
  }
}

async function compose(ports: CorePorts, db: Db, isOwner: boolean, restart: () => void): Promise<Core> {
  const { log, now, newId, timeZone } = ports;
  const events = createAppEvents();
  const settings = createSettingsService({ db, events });
  const tokenCounter = createTokenCounter();
  const conversationStore = createConversationStore(db);
  const messages = createMessageStore(db);
  const branches = createBranchStore(db);
  const images = createImageStore(db);
  const summaryStore = createSummaryStore(db);
  const requestParts = createRequestPartStore(db);

  const providerStore = createProviderStore(db);
  const keys = createProviderKeys({ db, secretBox: ports.secretBox });
  const demoFetch = createDemoFetch({ countTokens: (text) => tokenCounter.count(text, tokenizerModel), now });
  const providerFetch = createProviderFetch({ fetchFor: ports.fetchFor, settings, demoFetch });
  const spending = createSpending({
    db,
    dataDir: ports.dataDir,
    tokenCounter,
    providers: providerStore.list,
    fetchOf: providerFetch.of,
    priceListUrl: ports.environment.priceListUrl ?? null,
    finishStopped: () => settings.get().finishStopped,
    countInputByProvider: () => settings.get().countInputByProvider,
    events,
    log,
    timeZone,
    now,
    newId,
  });
  const { usageStore, sums, priceBook, calibration, ledger } = spending;
  const recoveredAnswerCount = isOwner ? await recover(db, messages, ledger, now) : 0;

  const providers = createProviderService({
    db,
    store: providerStore,
    keys,
    secretBox: ports.secretBox,
    providerFetch,
    priceBook,
    settings,
    events,
    environment: ports.environment,
    log,
    now,
    newId,
  });
  const clients = createProviderClients({ store: providerStore, keys, ledger });
  const models = createKnownModels({ store: providerStore, keys });
  const documents = createDocumentService({
    db,
    dataDir: ports.dataDir,
    launchParser: ports.launchParser,
    clients,
    models,
    priceBook,
    totalByDocuments: usageStore.totalByDocuments,
    callsOfMessages: usageStore.listByMessages,
    countTokensFor: tokenCounter.countAside,
    askAboveNanos: () => settings.get().indexWithoutAskingBelowNanos,
    // In the terminal nobody could end the pause.
    isPaused: ports.host !== 'terminal' && settings.get().indexingPaused,
    resume: () => void settings.update({ indexingPaused: false }),
    origin: ports.host === 'terminal' ? 'terminal' : 'app',
    fetchForPage: (url, lookup) =>
      lookup === null ? providerFetch.of({ providerKind: 'remote', baseUrl: url }) : providerFetch.lookingUp(lookup),
    events,
    now,
    newId,
    log,
  });
  if (ports.host !== 'terminal') settings.onChange(({ indexingPaused }) => documents.setPaused(indexingPaused));
  followEmbeddingModel(events, models, documents);
  const retriever = createRetriever({ db, clients, log });
  const reader = createMessageReader({ db, messages, usageStore });
  const asking = createAsking({
    db,
    conversations: conversationStore,
    messages,
    branches,
    summaryStore,
    requestParts,
    images,
    reader,
    retriever,
    searchOptions: () => ({ furtherQueries: settings.get().searchFurther, rerank: settings.get().rankAgain }),
    clients,
    models,
    priceBook,
    calibration,
    tokenCounter,
    usageStore,
    budgets: spending.routes.budgets,
    // In the terminal nobody sees the title, so it is not worth a call.
    titlesByModel: () => ports.host !== 'terminal' && settings.get().titlesByModel,
    events,
    log,
    now,
    newId,
  });
  const conversations = createConversationService({
    db,
    conversations: conversationStore,
    messages,
    branches,
    usageStore,
    activeRunOf: asking.chat.activeRunOf,
    stopRunsOf: asking.stopRunsOf,
    events,
    now,
  });
  const folders = createFolderService({ db, conversations: conversationStore, sums, events, now, newId });
  const imports = createImportService({ db, dataDir: ports.dataDir, messages, requestParts, events, now, newId });
  if (isOwner) {
    await imports.prepare();
    conversations.purgeRemoved();
    folders.purgeRemoved();
    images.purge();
    summaryStore.purge();
    await documents.start();
  }

  // The terminal asks at once, and a test may never.
  const hasPage = ports.host === 'electron' || ports.host === 'loopback';
  const countedModels = (): string[] => [tokenizerModel, models.embeddingModel()?.modelId ?? tokenizerModel];
  const warming = hasPage ? warmUp({ tokenCounter, countedModels }) : null;
  const vectorSpace = (): string | null => {
    const model = models.embeddingModel();
    return model === null ? null : vectorSpaceOf(model);
  };
  const loadingAhead = hasPage ? followDocuments({ events, retriever, vectorSpace, log }) : null;

  const appInfo: Services['appInfo'] = () => ({
    version: ports.appVersion,
    host: ports.host,
    platform: process.platform,
    isSample: ports.isSample ?? false,
    dataDir: ports.dataDir,
    timeZone: timeZone(),
    recoveredAnswerCount,
  });
  const handlers = createHandlers({
    appInfo,
    events,
    backup: createBackupService({
      dataDir: ports.dataDir,
      appVersion: ports.appVersion,
      now,
      newId,
      pathOfUpload: imports.pathOf,
      restart,
    }),
    ...spending.routes,
    ...asking,
    conversations,
    documents,
    drafts: createDrafts(db, images, now),
    exportConversations: createConversationExport({ db, conversations: conversationStore, reader, usageStore, now }),
    folders,
    images: imageRoutes(images, now),
    imports,
    library: createLibraryService({ db, events, now, newId }),
    providers,
    settings,
  });
  const server = createRpcServer({ contract: appContract, handlers, log, validateOutput: ports.host === 'test' });

  return {
    accept: server.accept,
    async close() {
      server.close();
      await warming?.close();
      await loadingAhead?.close();
      await asking.close();
      await documents.close();
      await imports.close();
      await ledger.close();
      providerFetch.close();
      await tokenCounter.close();
      closeDatabase(db);
    },
  };
}

/** Repairs what a killed process left: answers marked as interrupted, open calls booked. Returns how many answers. */
async function recover(db: Db, messages: ReturnType<typeof createMessageStore>, ledger: Ledger, now: () => number): Promise<number> {
  const answerCount = inTransaction(db, () => messages.markStreamingAsInterrupted(now()));
  await ledger.bookInterruptedCalls();
  return answerCount;
}
