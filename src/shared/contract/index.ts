import { app } from './app.ts';
import { backup } from './backup.ts';
import { bill } from './bill.ts';
import { budgets } from './budgets.ts';
import { chat } from './chat.ts';
import { contexts, summaries } from './context.ts';
import { conversations } from './conversations.ts';
import { documents } from './documents.ts';
import { drafts } from './drafts.ts';
import { folders } from './folders.ts';
import { images } from './images.ts';
import { imports } from './imports.ts';
import { library } from './library.ts';
import { prices } from './prices.ts';
import { providers } from './providers.ts';
import { quotes } from './quote.ts';
import { settings } from './settings.ts';
import { spend } from './spend.ts';
import { trace } from './trace.ts';

/** Everything a page can ask of the core. What is not here does not cross the wire. */
export const appContract = {
  ...app,
  ...backup,
  ...bill,
  ...budgets,
  ...chat,
  ...contexts,
  ...conversations,
  ...documents,
  ...drafts,
  ...folders,
  ...images,
  ...imports,
  ...library,
  ...prices,
  ...providers,
  ...quotes,
  ...settings,
  ...spend,
  ...summaries,
  ...trace,
};

export type AppContract = typeof appContract;
