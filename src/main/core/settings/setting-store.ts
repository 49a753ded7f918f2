import type { Db } from '../db/database.ts';

export interface SettingStore {
  /** Every stored setting, parsed from JSON but not validated. */
  all(): ReadonlyMap<string, unknown>;
  /** Stores a value that JSON can hold. */
  set(key: string, value: unknown): void;
}

/** Settings by key, each value as JSON. */
export function createSettingStore(db: Db): SettingStore {
  const selectAll = db.prepare<[], { key: string; value_json: string }>('SELECT key, value_json FROM setting');
  const upsert = db.prepare<[string, string]>(
    'INSERT INTO setting (key, value_json) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value_json = excluded.value_json',
  );
  return {
    all: () => new Map(selectAll.all().map((row): [string, unknown] => [row.key, JSON.parse(row.value_json)])),
    set: (key, value) => {
      upsert.run(key, JSON.stringify(value));
    },
  };
}
