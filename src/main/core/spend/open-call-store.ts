import type { Db } from '../db/database.ts';
import type { OpenCall } from './open-call.ts';

/** The journal of attempts that have been sent and are not booked yet. What is in it at a start was cut off by a kill. */
export function createOpenCallStore(db: Db) {
  const insert = db.prepare<[string, string, number]>('INSERT INTO open_call (id, call_json, started_at) VALUES (?, ?, ?)');
  const remove = db.prepare<[string]>('DELETE FROM open_call WHERE id = ?');
  const select = db.prepare<[], { callJson: string }>('SELECT call_json AS callJson FROM open_call ORDER BY started_at, id');
  const selectText = db.prepare<[string], { text: string }>('SELECT text FROM message WHERE id = ?');

  return {
    insert(call: OpenCall): void {
      insert.run(call.id, JSON.stringify(call), call.startedAt);
    },
    remove(id: string): void {
      remove.run(id);
    },
    /** Oldest first. */
    list(): OpenCall[] {
      // Written by `insert` of the same version or an older one; fields are only ever added to it.
      return select.all().map((row) => JSON.parse(row.callJson) as OpenCall);
    },
    /** What had been saved of an answer; null when its message is gone. */
    savedText(messageId: string): string | null {
      return selectText.get(messageId)?.text ?? null;
    },
  };
}
