import type { Split } from '../../../shared/contract/spend.ts';
import type { Db } from '../db/database.ts';

/** The splits whose parts have names of their own, which people may change. */
type NamedSplit = Extract<Split, 'conversation' | 'folder' | 'collection' | 'document'>;

const namedSplits: readonly Split[] = ['conversation', 'folder', 'collection', 'document'] satisfies NamedSplit[];

/** Whether the parts of a split have names of their own. */
export function isNamed(split: Split): split is NamedSplit {
  return namedSplits.includes(split);
}

export type PartNames = (split: NamedSplit, ids: readonly string[]) => Map<string, string>;

/** What conversations, folders, collections and documents are called now, by id; those that were removed are missing. */
export function createPartNames(db: Db): PartNames {
  const prepare = (table: NamedSplit, column: string) =>
    db.prepare<[string], { id: string; name: string }>(
      `SELECT id, ${column} AS name FROM ${table} WHERE id IN (SELECT value FROM json_each(?)) AND removed_at IS NULL`,
    );
  const statements = {
    conversation: prepare('conversation', 'title'),
    folder: prepare('folder', 'name'),
    collection: prepare('collection', 'name'),
    document: prepare('document', 'name'),
  };
  return (split, ids) => new Map(statements[split].all(JSON.stringify(ids)).map(({ id, name }) => [id, name]));
}
