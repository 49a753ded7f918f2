import type { Prompt } from '../../../shared/contract/library.ts';
import type { Db } from '../db/database.ts';

/** Reads and writes `prompt`. */
export function createPromptStore(db: Db) {
  const all = db.prepare<[], Prompt>('SELECT id, name, text FROM prompt ORDER BY name COLLATE NOCASE, id');
  const save = db.prepare<[string, string, string, number]>(`
    INSERT INTO prompt (id, name, text, updated_at) VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, text = excluded.text, updated_at = excluded.updated_at`);
  const remove = db.prepare<[string]>('DELETE FROM prompt WHERE id = ?');

  return {
    /** By name. */
    all: (): Prompt[] => all.all(),
    /** Adds it, or changes the one of this id. */
    save({ id, name, text }: Prompt, now: number): void {
      save.run(id, name, text, now);
    },
    /** Does nothing when there is none. */
    remove(id: string): void {
      remove.run(id);
    },
  };
}
