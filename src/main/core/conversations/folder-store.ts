import type { Folder } from '../../../shared/contract/folders.ts';
import type { Db } from '../db/database.ts';

type FolderRow = Omit<Folder, 'total'>;
type StoredFolder = Omit<FolderRow, 'isOpen'> & { isOpen: 0 | 1 };

/** Folders and what is in them. A removed one is hidden and counts as holding nothing, until it is restored or erased. */
export function createFolderStore(db: Db) {
  const all = db.prepare<[], StoredFolder>(`
    SELECT id, name, is_open AS isOpen, (
      SELECT count(*) FROM conversation_folder JOIN conversation ON conversation.id = conversation_id
      WHERE folder_id = folder.id AND conversation.removed_at IS NULL AND archived_at IS NULL
    ) AS conversationCount
    FROM folder WHERE removed_at IS NULL ORDER BY name COLLATE NOCASE, id`);
  const archivedCount = db
    .prepare<[], number>('SELECT count(*) FROM conversation WHERE archived_at IS NOT NULL AND removed_at IS NULL')
    .pluck();
  const exists = db.prepare<[string], number>('SELECT 1 FROM folder WHERE id = ? AND removed_at IS NULL').pluck();
  const insert = db.prepare<[string, string, number]>('INSERT INTO folder (id, name, is_open, created_at) VALUES (?, ?, 1, ?)');
  const rename = db.prepare<[string, string]>('UPDATE folder SET name = ? WHERE id = ? AND removed_at IS NULL');
  const setOpen = db.prepare<[number, string]>('UPDATE folder SET is_open = ? WHERE id = ? AND removed_at IS NULL');
  const remove = db.prepare<[number, string]>('UPDATE folder SET removed_at = ? WHERE id = ? AND removed_at IS NULL');
  const restore = db.prepare<[string]>('UPDATE folder SET removed_at = NULL WHERE id = ? AND removed_at IS NOT NULL');
  const members = db.prepare<[string], string>('SELECT conversation_id FROM conversation_folder WHERE folder_id = ?').pluck();
  const file = db.prepare<[string, string]>(`
    INSERT INTO conversation_folder (conversation_id, folder_id) VALUES (?, ?)
    ON CONFLICT DO UPDATE SET folder_id = excluded.folder_id`);
  const takeOut = db.prepare<[string]>('DELETE FROM conversation_folder WHERE conversation_id = ?');
  const purge = db.prepare('DELETE FROM folder WHERE removed_at IS NOT NULL');

  return {
    /** By name. */
    all: (): FolderRow[] => all.all().map(({ isOpen, ...row }) => ({ ...row, isOpen: isOpen === 1 })),
    archivedCount: (): number => archivedCount.get() ?? 0,
    exists: (id: string): boolean => exists.get(id) !== undefined,
    /** Adds an open, empty folder. */
    insert: (id: string, name: string, createdAt: number) => void insert.run(id, name, createdAt),
    /** This and the following three return whether there is such a folder. */
    rename: (id: string, name: string): boolean => rename.run(name, id).changes === 1,
    setOpen: (id: string, isOpen: boolean): boolean => setOpen.run(isOpen ? 1 : 0, id).changes === 1,
    remove: (id: string, at: number): boolean => remove.run(at, id).changes === 1,
    restore: (id: string): boolean => restore.run(id).changes === 1,
    /** The conversations filed there, erased ones too, also while the folder is removed. */
    members: (id: string): string[] => members.all(id),
    /** Files a conversation; null: takes it out of its folder. */
    file(conversationId: string, folderId: string | null): void {
      if (folderId === null) takeOut.run(conversationId);
      else file.run(conversationId, folderId);
    },
    /** Erases the removed ones. What was in them is in no folder. */
    purge: () => void purge.run(),
  };
}
