import type { RequestPart } from '../../../shared/contract/request-part.ts';
import type { Db } from '../db/database.ts';

export type RequestPartStore = ReturnType<typeof createRequestPartStore>;

/** Reads and writes `message_request`: what the requests for answers were made of. */
export function createRequestPartStore(db: Db) {
  const save = db.prepare<[string, string]>('INSERT OR REPLACE INTO message_request (message_id, parts_json) VALUES (?, ?)');
  const ofMessages = db.prepare<[string], { messageId: string; partsJson: string }>(`
    SELECT message_id AS messageId, parts_json AS partsJson FROM message_request WHERE message_id IN (SELECT value FROM json_each(?))`);

  return {
    /** Keeps the parts of an answer's request, in place of any kept before. */
    save(messageId: string, parts: readonly RequestPart[]): void {
      save.run(messageId, JSON.stringify(parts));
    },
    /** By message; those whose request nobody counted are left out. */
    ofMessages(messageIds: readonly string[]): Map<string, RequestPart[]> {
      const stored = ofMessages.all(JSON.stringify(messageIds));
      // Written by `save` only.
      return new Map(stored.map(({ messageId, partsJson }) => [messageId, JSON.parse(partsJson) as RequestPart[]]));
    },
  };
}
