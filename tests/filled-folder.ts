import { createConversationStore } from '../src/main/core/conversations/conversation-store.ts';
import { createFolderStore } from '../src/main/core/conversations/folder-store.ts';
import { closeDatabase, inTransaction, openDatabase } from '../src/main/core/db/database.ts';

/** Adds an open folder with conversations that are named by their number, the last one the newest, to a data folder that no core has open. */
export function addFilledFolder(dataDir: string, name: string, conversationCount: number): void {
  const db = openDatabase({ dataDir, now: Date.now, newId: () => 'instance' });
  const [conversations, folders] = [createConversationStore(db), createFolderStore(db)];
  inTransaction(db, () => {
    folders.insert(name, name, 1);
    for (let number = 1; number <= conversationCount; number += 1) {
      const title = `Talk ${number}`;
      conversations.insert({ id: title, title, titleBy: 'user', model: null, collectionIds: [], createdAt: number });
      folders.file(title, name);
    }
  });
  closeDatabase(db);
}
