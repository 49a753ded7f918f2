import type { Database } from 'better-sqlite3';

/** As `pieceChars` was when this was written. */
const stretchChars = 24_000;

/**
 * Texts of documents in stretches, so that neither storing nor showing a passage of a long one handles all of it; and how a
 * collection's documents are cut into passages.
 */
export function textInStretches(db: Database): void {
  db.exec(`
    CREATE TABLE document_stretch (
      document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
      -- Into the document's text, UTF-16 code units, end exclusive. The stretches of a document follow each other without a gap.
      start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
      end_offset INTEGER NOT NULL CHECK (end_offset > start_offset),
      text TEXT NOT NULL,
      PRIMARY KEY (document_id, start_offset)
    ) STRICT;
    CREATE TABLE document_page (
      document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
      -- Where the page starts in the document's text, UTF-16 code units.
      start_offset INTEGER NOT NULL CHECK (start_offset >= 0),
      page INTEGER NOT NULL CHECK (page > 0),
      PRIMARY KEY (document_id, start_offset)
    ) STRICT, WITHOUT ROWID;
    ALTER TABLE collection ADD COLUMN passage_settings_json TEXT CHECK (passage_settings_json IS NULL OR json_valid(passage_settings_json));
  `);
  moveTexts(db);
  db.exec('DROP TABLE document_text');
}

function moveTexts(db: Database): void {
  const ids = db.prepare<[], string>('SELECT document_id FROM document_text').pluck().all();
  const textOf = db.prepare<[string], { text: string; pages: string }>(
    'SELECT text, pages_json AS pages FROM document_text WHERE document_id = ?',
  );
  const insertStretch = db.prepare<[string, number, number, string]>('INSERT INTO document_stretch VALUES (?, ?, ?, ?)');
  const insertPages = db.prepare<[string, string]>(
    'INSERT OR IGNORE INTO document_page (document_id, start_offset, page) SELECT ?, value ->> 1, value ->> 0 FROM json_each(?)',
  );
  for (const id of ids) {
    const { text = '', pages = '[]' } = textOf.get(id) ?? {};
    for (let start = 0; start < text.length;) {
      const end = outsidePair(text, Math.min(start + stretchChars, text.length));
      insertStretch.run(id, start, end, text.slice(start, end));
      start = end;
    }
    insertPages.run(id, pages);
  }
}

/** Half of a surrogate pair cannot be stored. */
function outsidePair(text: string, index: number): number {
  return index < text.length && (text.codePointAt(index - 1) ?? 0) > 0xffff ? index - 1 : index;
}
