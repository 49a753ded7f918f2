import type { UsageRecord } from '../../../../shared/contract/usage.ts';
import type { Db } from '../../db/database.ts';

/** Reads the usage records that came with imported conversations. They are part of receipts and of nothing else. */
export function createImportedCalls(db: Db) {
  const ofMessages = db
    .prepare<[string], string>(`
    SELECT record_json FROM imported_call WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY id`)
    .pluck();
  const ofConversation = db
    .prepare<[string], string>('SELECT record_json FROM imported_call WHERE conversation_id = ? ORDER BY id')
    .pluck();
  // Both were parsed as usage records before they were stored.
  const parse = (json: string): UsageRecord => JSON.parse(json) as UsageRecord;
  return {
    ofMessages: (messageIds: readonly string[]): UsageRecord[] => ofMessages.all(JSON.stringify(messageIds)).map(parse),
    ofConversation: (conversationId: string): UsageRecord[] => ofConversation.all(conversationId).map(parse),
  };
}
