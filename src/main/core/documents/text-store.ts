import type { Db } from '../db/database.ts';
import type { PageStart } from './parsing/parsed-file.ts';

/** The stretch of a text that begins at an offset; UTF-16 code units. */
export interface NewStretch {
  readonly startOffset: number;
  readonly text: string;
  readonly pages: readonly PageStart[];
}

export type TextStore = ReturnType<typeof createTextStore>;

/** The texts of documents, in stretches, and where their pages start. All offsets are UTF-16 code units into the whole text. */
export function createTextStore(db: Db) {
  const insertStretch = db.prepare<[string, number, number, string]>(
    'INSERT INTO document_stretch (document_id, start_offset, end_offset, text) VALUES (?, ?, ?, ?)',
  );
  const insertPage = db.prepare<[string, number, number]>('INSERT INTO document_page (document_id, page, start_offset) VALUES (?, ?, ?)');
  const overlapping = db.prepare<{ id: string; start: number; end: number }, { startOffset: number; text: string }>(`
    SELECT start_offset AS startOffset, text FROM document_stretch
    WHERE document_id = @id AND start_offset < @end AND start_offset >= (
      SELECT coalesce(max(start_offset), 0) FROM document_stretch WHERE document_id = @id AND start_offset <= @start
    ) ORDER BY start_offset`);
  const length = db
    .prepare<[string], number>('SELECT end_offset FROM document_stretch WHERE document_id = ? ORDER BY start_offset DESC LIMIT 1')
    .pluck();
  const pages = db
    .prepare<[string], [number, number]>('SELECT page, start_offset FROM document_page WHERE document_id = ? ORDER BY start_offset')
    .raw();
  const pageAt = db
    .prepare<[string, number], number>(
      'SELECT page FROM document_page WHERE document_id = ? AND start_offset <= ? ORDER BY start_offset DESC LIMIT 1',
    )
    .pluck();
  const removeStretches = db.prepare<[string, number]>(
    'DELETE FROM document_stretch WHERE rowid IN (SELECT rowid FROM document_stretch WHERE document_id = ? LIMIT ?)',
  );
  const removePages = db.prepare<[string]>('DELETE FROM document_page WHERE document_id = ?');

  return {
    append(documentId: string, stretch: NewStretch): void {
      const { startOffset, text } = stretch;
      if (text !== '') insertStretch.run(documentId, startOffset, startOffset + text.length, text);
      for (const [page, start] of stretch.pages) insertPage.run(documentId, page, start);
    },
    /** The text from one offset up to another, as far as there is one. */
    between(documentId: string, start: number, end: number): string {
      if (end <= start) return '';
      const stretches = overlapping.all({ id: documentId, start, end });
      const from = stretches[0]?.startOffset ?? 0;
      return stretches
        .map(({ text }) => text)
        .join('')
        .slice(start - from, end - from);
    },
    lengthOf: (documentId: string) => length.get(documentId) ?? 0,
    pagesOf: (documentId: string): PageStart[] => pages.all(documentId),
    /** The page an offset is on; null where the text has no pages. */
    pageAt: (documentId: string, offset: number): number | null => pageAt.get(documentId, offset) ?? null,
    /** Erases up to so many stretches; returns how many. The pages go with the first. */
    removeSome(documentId: string, count: number): number {
      removePages.run(documentId);
      return removeStretches.run(documentId, count).changes;
    },
  };
}
