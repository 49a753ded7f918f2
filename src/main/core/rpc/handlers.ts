import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import type { ChatService } from '../chat/chat-service.ts';
import type { ContextService } from '../chat/context-service.ts';
import type { ConversationService } from '../conversations/conversation-service.ts';
import type { ImageRoutes } from '../conversations/image-routes.ts';
import type { ImportService } from '../conversations/import/import-service.ts';
import type { Drafts } from '../conversations/drafts.ts';
import type { FolderService } from '../conversations/folder-service.ts';
import type { QuoteService } from '../chat/quote-service.ts';
import type { SummaryService } from '../chat/summary-service.ts';
import type { DocumentService } from '../documents/document-service.ts';
import type { BackupService } from '../db/backup/backup-service.ts';
import type { AppEvents } from '../events.ts';
import type { LibraryService } from '../library/library-service.ts';
import type { ProviderService } from '../providers/provider-service.ts';
import type { SettingsService } from '../settings/settings-service.ts';
import type { BillService } from '../spend/bill/bill-service.ts';
import type { BudgetService } from '../spend/budgets/budget-service.ts';
import type { PriceService } from '../spend/prices/price-service.ts';
import type { SpendService } from '../spend/spend-service.ts';
import { watchEvents } from './watch-events.ts';

export interface Services {
  readonly appInfo: HandlersFor<AppContract>['app.info'];
  readonly events: AppEvents;
  readonly backup: BackupService;
  readonly bill: BillService;
  readonly budgets: BudgetService;
  readonly budgetedSend: Pick<HandlersFor<AppContract>, 'chat.send' | 'chat.regenerate'>;
  readonly chat: ChatService;
  readonly contexts: ContextService;
  readonly quotes: QuoteService;
  readonly readTrace: HandlersFor<AppContract>['chat.trace'];
  readonly conversations: ConversationService;
  readonly documents: DocumentService;
  readonly exportConversations: HandlersFor<AppContract>['conversations.export'];
  readonly drafts: Drafts;
  readonly folders: FolderService;
  readonly images: ImageRoutes;
  readonly imports: ImportService;
  readonly library: LibraryService;
  readonly prices: PriceService;
  readonly providers: ProviderService;
  readonly settings: SettingsService;
  readonly spend: SpendService;
  readonly summaries: SummaryService;
}

/** Everything a page can do, one line each. The input has been parsed by the time a handler sees it. */
export function createHandlers(services: Services): HandlersFor<AppContract> {
  const {
    backup,
    bill,
    budgets,
    chat,
    contexts,
    quotes,
    conversations,
    documents,
    drafts,
    folders,
    images,
    imports,
    library,
    prices,
    providers,
    settings,
    spend,
    summaries,
  } = services;
  return {
    'app.info': services.appInfo,
    'events.watch': (_, { signal }) => watchEvents(services.events, signal),
    ...services.budgetedSend,
    'chat.stop': chat.stop,
    'chat.watch': chat.watch,
    'chat.quote': quotes.quote,
    'chat.context': contexts.context,
    'chat.trace': services.readTrace,
    'conversations.list': conversations.list,
    'conversations.open': conversations.open,
    'conversations.messages': conversations.messages,
    'conversations.showBranch': conversations.showBranch,
    'conversations.removeMessage': conversations.removeMessage,
    'conversations.restoreMessage': conversations.restoreMessage,
    'conversations.continueWith': conversations.continueWith,
    'conversations.rename': conversations.rename,
    'conversations.setAsking': conversations.setAsking,
    'conversations.remove': conversations.remove,
    'conversations.restore': conversations.restore,
    'conversations.setPinned': folders.setPinned,
    'conversations.setArchived': folders.setArchived,
    'conversations.export': services.exportConversations,
    'conversations.search': conversations.search,
    'conversations.find': conversations.find,
    'documents.collections': documents.collections,
    'documents.addCollection': documents.addCollection,
    'documents.renameCollection': documents.renameCollection,
    'documents.removeCollection': documents.removeCollection,
    'documents.restoreCollection': documents.restoreCollection,
    'documents.reindexCollection': documents.reindexCollection,
    'documents.passageSettings': documents.passageSettings,
    'documents.setPassageSettings': documents.setPassageSettings,
    'documents.previewPassages': documents.previewPassages,
    'documents.move': documents.move,
    'documents.list': documents.list,
    'documents.beginUpload': documents.beginUpload,
    'documents.uploadChunk': documents.uploadChunk,
    'documents.finishUpload': documents.finishUpload,
    'documents.cancelUpload': documents.cancelUpload,
    'documents.addPage': documents.addPage,
    'documents.keepBoth': documents.keepBoth,
    'documents.indexingQuote': documents.indexingQuote,
    'documents.acceptIndexing': documents.acceptIndexing,
    'documents.declineIndexing': documents.declineIndexing,
    'documents.cancelIndexing': documents.cancelIndexing,
    'documents.card': documents.card,
    'documents.retry': documents.retry,
    'documents.remove': documents.remove,
    'documents.restore': documents.restore,
    'documents.read': documents.read,
    'documents.file': documents.file,
    'spend.split': spend.split,
    'spend.whatIf': spend.whatIf,
    'spend.export': spend.export,
    'spend.deletionQuote': spend.deletionQuote,
    'spend.deleteRecords': spend.deleteRecords,
    'spend.deletions': spend.deletions,
    'spend.totals': spend.totals,
    'spend.records': spend.records,
    'summaries.make': summaries.make,
    'summaries.stop': summaries.stop,
    'summaries.use': summaries.use,
    'summaries.edit': summaries.edit,
    'summaries.remove': summaries.remove,
    'summaries.restore': summaries.restore,
    'summaries.dismiss': summaries.dismiss,
    'drafts.read': drafts.read,
    'drafts.save': drafts.save,
    'folders.list': folders.list,
    'folders.add': folders.add,
    'folders.rename': folders.rename,
    'folders.setOpen': folders.setOpen,
    'folders.remove': folders.remove,
    'folders.restore': folders.restore,
    'folders.file': folders.file,
    'images.add': images.add,
    'images.read': images.read,
    'imports.begin': imports.begin,
    'imports.append': imports.append,
    'imports.discard': imports.discard,
    'imports.preview': imports.preview,
    'imports.run': imports.run,
    'imports.undo': imports.undo,
    'library.list': library.list,
    'library.savePrompt': library.savePrompt,
    'library.removePrompt': library.removePrompt,
    'library.saveAssistant': library.saveAssistant,
    'library.removeAssistant': library.removeAssistant,
    'library.export': library.exportAll,
    'library.import': library.importFile,
    'backup.make': backup.make,
    'backup.check': backup.check,
    'backup.restore': backup.restore,
    'bill.import': bill.import,
    'bill.removeFile': bill.removeFile,
    'bill.files': bill.files,
    'bill.compare': bill.compare,
    'bill.settle': bill.settle,
    'bill.setBack': bill.setBack,
    'budgets.list': budgets.list,
    'budgets.set': budgets.set,
    'budgets.remove': budgets.remove,
    'budgets.raise': budgets.raise,
    'prices.book': prices.book,
    'prices.checkUpdate': prices.checkUpdate,
    'prices.acceptUpdate': prices.acceptUpdate,
    'prices.undoUpdate': prices.undoUpdate,
    'prices.list': prices.list,
    'prices.set': prices.set,
    'prices.export': prices.export,
    'prices.previewImport': prices.previewImport,
    'prices.import': prices.import,
    'prices.earlierCalls': prices.earlierCalls,
    'prices.priceEarlier': prices.priceEarlier,
    'prices.setBackEarlier': prices.setBackEarlier,
    'prices.remove': prices.remove,
    'providers.presets': providers.presets,
    'providers.list': providers.list,
    'providers.add': providers.add,
    'providers.update': providers.update,
    'providers.remove': providers.remove,
    'providers.setKey': providers.setKey,
    'providers.clearKey': providers.clearKey,
    'providers.test': providers.test,
    'providers.models': providers.models,
    'providers.findLocal': providers.findLocal,
    'providers.environmentOffer': providers.environmentOffer,
    'providers.importEnvironment': providers.importEnvironment,
    'settings.get': settings.get,
    'settings.update': settings.update,
    'keys.status': providers.keysStatus,
    'keys.setPassphrase': providers.setPassphrase,
    'keys.unlock': providers.unlock,
  };
}
