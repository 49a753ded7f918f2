import { emptyTotal } from '../../../shared/amount.ts';
import type { SpendMeasures } from '../../../shared/contract/spend.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { AppEvents } from '../events.ts';
import { prepareMoveBetweenFolders } from '../spend/usage-sum.ts';
import type { ConversationStore } from './conversation-store.ts';
import { createFolderStore } from './folder-store.ts';

type Handlers = HandlersFor<AppContract>;

export interface FolderServiceDeps {
  readonly db: Db;
  readonly conversations: ConversationStore;
  readonly sums: { everOf(split: 'folder', keys: readonly string[]): Map<string, SpendMeasures> };
  readonly events: AppEvents;
  readonly now: () => number;
  readonly newId: () => string;
}

/** How the history is kept in order: folders, pins, and the archive. */
export interface FolderService {
  list: Handlers['folders.list'];
  add: Handlers['folders.add'];
  rename: Handlers['folders.rename'];
  setOpen: Handlers['folders.setOpen'];
  remove: Handlers['folders.remove'];
  restore: Handlers['folders.restore'];
  file: Handlers['folders.file'];
  setPinned: Handlers['conversations.setPinned'];
  setArchived: Handlers['conversations.setArchived'];
  /** At start: erases the folders that were removed before. */
  purgeRemoved(): void;
}

/** Creates the service. It owns no state: everything is in the database. */
export function createFolderService({ db, conversations, sums, events, now, newId }: FolderServiceDeps): FolderService {
  const folders = createFolderStore(db);
  const moveWithSums = prepareMoveBetweenFolders(db);

  const changed = (): void => events.emit({ type: 'folders.changed' });

  function assertThere(isThere: boolean): void {
    if (!isThere) throw new AppError('NOT_FOUND', 'No such folder.');
  }

  function fileAll(conversationIds: readonly string[], folderId: string | null): void {
    const ids = conversationIds.filter((id) => conversations.get(id) !== undefined);
    moveWithSums(ids, () => ids.forEach((id) => folders.file(id, folderId)));
  }

  /** Hides a folder, or shows it again, with the sums of all that is in it. */
  function moveWhole(folderId: string, move: () => boolean): void {
    inTransaction(db, () => moveWithSums(folders.members(folderId), () => assertThere(move())));
    changed();
  }

  /** Applies to each conversation that is still there, in one transaction. */
  function applyToAll(ids: readonly string[], apply: (id: string) => boolean): void {
    const applied = inTransaction(db, () => ids.filter(apply));
    for (const conversationId of applied) events.emit({ type: 'conversation.changed', conversationId });
  }

  return {
    list() {
      const all = folders.all();
      const found = sums.everOf(
        'folder',
        all.map(({ id }) => id),
      );
      return {
        folders: all.map((folder) => ({ ...folder, total: found.get(folder.id)?.total ?? emptyTotal })),
        archivedCount: folders.archivedCount(),
      };
    },
    add({ name, conversationIds }) {
      const folderId = newId();
      inTransaction(db, () => {
        folders.insert(folderId, name, now());
        fileAll(conversationIds, folderId);
      });
      changed();
      return { folderId };
    },
    rename({ folderId, name }) {
      assertThere(folders.rename(folderId, name));
      changed();
    },
    setOpen({ folderId, isOpen }) {
      assertThere(folders.setOpen(folderId, isOpen));
      changed();
    },
    remove: ({ folderId }) => moveWhole(folderId, () => folders.remove(folderId, now())),
    restore: ({ folderId }) => moveWhole(folderId, () => folders.restore(folderId)),
    file({ conversationIds, folderId }) {
      inTransaction(db, () => {
        assertThere(folderId === null || folders.exists(folderId));
        fileAll(conversationIds, folderId);
      });
      changed();
    },
    setPinned({ conversationIds, isPinned }) {
      const at = isPinned ? now() : null;
      applyToAll(conversationIds, (id) => conversations.setPinned(id, at));
    },
    setArchived({ conversationIds, isArchived }) {
      const at = isArchived ? now() : null;
      applyToAll(conversationIds, (id) => conversations.setArchived(id, at));
    },
    purgeRemoved: () => folders.purge(),
  };
}
