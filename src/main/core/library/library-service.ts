import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import { createAssistantStore } from './assistant-store.ts';
import { readLibraryFile, writeLibraryFile } from './library-file.ts';
import { planImport } from './plan-import.ts';
import { createPromptStore } from './prompt-store.ts';

type Handlers = HandlersFor<AppContract>;

export interface LibraryDeps {
  readonly db: Db;
  readonly events: AppEvents;
  readonly now: () => number;
  readonly newId: () => string;
}

/** What a person keeps to ask with again: prompts and assistants. */
export interface LibraryService {
  list: Handlers['library.list'];
  savePrompt: Handlers['library.savePrompt'];
  removePrompt: Handlers['library.removePrompt'];
  saveAssistant: Handlers['library.saveAssistant'];
  removeAssistant: Handlers['library.removeAssistant'];
  exportAll: Handlers['library.export'];
  importFile: Handlers['library.import'];
}

/** Creates the service. It owns no state: everything is in the database. */
export function createLibraryService({ db, events, now, newId }: LibraryDeps): LibraryService {
  const prompts = createPromptStore(db);
  const assistants = createAssistantStore(db);
  const changed = (): void => events.emit({ type: 'library.changed' });

  return {
    list: () => ({ prompts: prompts.all(), assistants: assistants.all() }),
    savePrompt(prompt) {
      prompts.save(prompt, now());
      changed();
    },
    removePrompt({ promptId }) {
      prompts.remove(promptId);
      changed();
    },
    saveAssistant(assistant) {
      assistants.save(assistant, now());
      changed();
    },
    removeAssistant({ assistantId }) {
      assistants.remove(assistantId);
      changed();
    },
    exportAll: () => ({ json: writeLibraryFile(prompts.all(), assistants.all()) }),
    importFile({ json }) {
      const file = readLibraryFile(json);
      const plans = {
        prompts: planImport(prompts.all().map(withoutId), file.prompts),
        assistants: planImport(assistants.all().map(withoutId), file.assistants),
      };
      inTransaction(db, () => {
        for (const prompt of plans.prompts.added) prompts.save({ ...prompt, id: newId() }, now());
        for (const assistant of plans.assistants.added) assistants.save({ ...assistant, id: newId() }, now());
      });
      changed();
      return {
        addedCount: plans.prompts.added.length + plans.assistants.added.length,
        presentCount: plans.prompts.presentCount + plans.assistants.presentCount,
        renamedCount: plans.prompts.renamedCount + plans.assistants.renamedCount,
      };
    },
  };
}

function withoutId<T extends { readonly id: string }>({ id: _id, ...rest }: T): Omit<T, 'id'> {
  return rest;
}
