import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import type { Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import { createPromptStore } from './prompt-store.ts';

type Handlers = HandlersFor<AppContract>;

/** What a person keeps to ask with again. */
export interface LibraryService {
  list: Handlers['library.list'];
  savePrompt: Handlers['library.savePrompt'];
  removePrompt: Handlers['library.removePrompt'];
}

/** Creates the service. It owns no state: everything is in the database. */
export function createLibraryService(deps: { readonly db: Db; readonly events: AppEvents; readonly now: () => number }): LibraryService {
  const prompts = createPromptStore(deps.db);
  const changed = (): void => deps.events.emit({ type: 'library.changed' });

  return {
    list: () => ({ prompts: prompts.all() }),
    savePrompt(prompt) {
      prompts.save(prompt, deps.now());
      changed();
    },
    removePrompt({ promptId }) {
      prompts.remove(promptId);
      changed();
    },
  };
}
