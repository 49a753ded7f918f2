import { expect, it } from 'vitest';
import Database from 'better-sqlite3';
import { createTextStore } from '../../documents/text-store.ts';
import { migrations } from './index.ts';

it('keeps every text to the character, and its pages', () => {
  const db = new Database(':memory:');
  const last = migrations.findIndex(({ name }) => name === 'textInStretches');
  for (const migration of migrations.slice(0, last)) migration(db);
  // 🦊 lies across the end of the first stretch.
  const texts = { long: `${'x'.repeat(23_999)}🦊${'漢字'.repeat(20_000)}`, short: 'A page.\n\nAnother.', empty: '' };
  db.exec("INSERT INTO collection (id, name, created_at) VALUES ('c', 'c', 0)");
  const insert = db.prepare(
    "INSERT INTO document (id, collection_id, name, media_type, size_bytes, content_hash, status, added_at) VALUES (?, 'c', ?, 'text/plain', 1, ?, 'ready', 0)",
  );
  for (const [id, text] of Object.entries(texts)) {
    insert.run(id, id, id);
    db.prepare('INSERT INTO document_text VALUES (?, ?, ?)').run(id, text, id === 'short' ? '[[1,0],[2,9]]' : '[]');
  }
  migrations[last]?.(db);
  const store = createTextStore(db);
  for (const [id, text] of Object.entries(texts)) expect(store.between(id, 0, Infinity)).toBe(text);
  expect(store.pagesOf('short')).toEqual([[1, 0], [2, 9]]); // prettier-ignore
  expect(store.pagesOf('long')).toEqual([]);
  db.close();
});
