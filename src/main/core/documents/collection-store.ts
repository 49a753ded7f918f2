import type { Collection } from '../../../shared/contract/documents.ts';
import { defaultPassageSettings, type PassageSettings } from '../../../shared/contract/passage-settings.ts';
import type { Db } from '../db/database.ts';

/** The collection that files go to when none is named. It can be renamed and not removed. */
export const defaultCollectionId = 'default';

const selectCollection = `
  SELECT c.id, c.name, c.origin, count(d.id) AS documentCount,
    coalesce(sum((SELECT count(*) FROM passage p WHERE p.document_id = d.id)), 0) AS passageCount
  FROM collection c LEFT JOIN document d ON d.collection_id = c.id AND d.removed_at IS NULL
  WHERE c.removed_at IS NULL`;

export interface NewCollection {
  readonly id: string;
  readonly name: string;
  readonly origin: Collection['origin'];
  readonly createdAt: number;
}

export type CollectionStore = ReturnType<typeof createCollectionStore>;

/** Collections. A removed one is hidden, with its documents, until it is restored or erased. */
export function createCollectionStore(db: Db) {
  const insert = db.prepare<NewCollection>(
    'INSERT OR IGNORE INTO collection (id, name, origin, created_at) VALUES (@id, @name, @origin, @createdAt)',
  );
  const all = db.prepare<[], Collection>(`${selectCollection} GROUP BY c.id ORDER BY c.created_at, c.id`);
  const get = db.prepare<[string], Collection>(`${selectCollection} AND c.id = ? GROUP BY c.id`);
  const rename = db.prepare<[string, string]>('UPDATE collection SET name = ? WHERE id = ?');
  const settings = db.prepare<[string], string | null>('SELECT passage_settings_json FROM collection WHERE id = ?').pluck();
  const setSettings = db.prepare<[string, string]>('UPDATE collection SET passage_settings_json = ? WHERE id = ?');
  const removedAt = db.prepare<[string], number | null>('SELECT removed_at FROM collection WHERE id = ?').pluck();
  const setRemovedAt = db.prepare<[number | null, string]>('UPDATE collection SET removed_at = ? WHERE id = ?');
  const hideDocuments = db.prepare<[number, string]>('UPDATE document SET removed_at = ? WHERE collection_id = ? AND removed_at IS NULL');
  // Those that were removed one by one before have another time.
  const showDocuments = db.prepare<[string, number]>('UPDATE document SET removed_at = NULL WHERE collection_id = ? AND removed_at = ?');
  const purge = db.prepare('DELETE FROM collection WHERE removed_at IS NOT NULL');

  return {
    /** Nothing happens when there is one with that id. */
    insert: (collection: NewCollection) => void insert.run(collection),
    all: () => all.all(),
    get: (id: string) => get.get(id),
    rename: (id: string, name: string) => void rename.run(name, id),
    /** How its documents are cut. */
    settingsOf(id: string): PassageSettings {
      const json = settings.get(id) ?? null;
      // Written by setSettings below.
      return json === null ? defaultPassageSettings : (JSON.parse(json) as PassageSettings);
    },
    setSettings: (id: string, chosen: PassageSettings) => void setSettings.run(JSON.stringify(chosen), id),
    /** Hides a collection and its documents. To be called in a transaction, as `restore`. */
    remove(id: string, at: number): void {
      setRemovedAt.run(at, id);
      hideDocuments.run(at, id);
    },
    /** Returns whether there was such a removed collection. */
    restore(id: string): boolean {
      const at = removedAt.get(id) ?? null;
      if (at === null) return false;
      setRemovedAt.run(null, id);
      showDocuments.run(id, at);
      return true;
    },
    /** Erases removed collections with all that is in them. */
    purge: () => void purge.run(),
  };
}
