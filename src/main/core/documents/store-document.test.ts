import { createHash } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../../../tests/seeded-random.ts';
import { createDocumentWriter } from '../../../../tests/stored-document.ts';
import { openTemporaryDatabase } from '../../../../tests/temporary-database.ts';
import { defaultPassageSettings } from '../../../shared/contract/passage-settings.ts';
import { embeddedText } from './embedded-text.ts';
import { cutPieces } from './parsing/cut-pieces.ts';
import type { ParsedFile } from './parsing/parsed-file.ts';
import { pieceChars, type ParsedPiece } from './parsing/parsed-piece.ts';
import { createPassageStore } from './passage-store.ts';
import { storeDocument } from './store-document.ts';
import { createTextStore } from './text-store.ts';

const name = 'book.txt';
const countTokens = (text: string): number => text.split(/\s+/).length;

/** A text of several pieces: paragraphs that are too long for one passage, so that passages overlap, on pages of their own. */
function book(): ParsedFile {
  const random = seededRandom(3);
  const sentence = (): string => `${Array.from({ length: 12 }, () => `W${Math.floor(random() * 9_999)}`).join(' ')} 🦊.`;
  const pages = Array.from({ length: 40 }, () => Array.from({ length: 60 }, sentence).join(' '));
  const starts = pages.map((_, index) => pages.slice(0, index).reduce((sum, page) => sum + page.length + 2, 0));
  return {
    text: `${pages.join('\n\n')}${' '.repeat(pieceChars * 2)}`,
    pages: starts.map((start, index) => [index + 1, start]),
    pageCount: 41,
    structure: 'prose',
    mediaType: 'text/plain',
  };
}

async function* piecesOf(file: ParsedFile): AsyncGenerator<ParsedPiece> {
  yield* cutPieces(file, { settings: defaultPassageSettings, countTokens });
}

it('takes over every piece with what overlaps two of them, in place of what was there', async () => {
  const temporary = openTemporaryDatabase();
  onTestFinished(() => temporary[Symbol.dispose]());
  const { db } = temporary;
  const [passages, texts] = [createPassageStore(db), createTextStore(db)];
  createDocumentWriter(db)(
    'book',
    name,
    Array.from({ length: 120 }, (_, index) => ({ text: `old ${index}`, contentHash: `${index}` })),
  );
  let lastId = 0;
  const deps = { db, passages, texts, newId: () => `new-${(lastId += 1)}` };
  const file = book();
  const finished: unknown[] = [];
  await storeDocument(deps, { id: 'book', name }, piecesOf(file), {
    signal: new AbortController().signal,
    finish: (stored) => finished.push(stored),
  });

  const stored = db
    .prepare<[], { start: number; end: number; hash: string; tokens: number; page: number }>(
      "SELECT start_offset AS start, end_offset AS end, content_hash AS hash, token_count AS tokens, page FROM passage WHERE document_id = 'book' ORDER BY position",
    )
    .all();
  expect(texts.between('book', 0, Infinity)).toBe(file.text);
  expect(texts.pagesOf('book')).toEqual(file.pages);
  expect(stored.length).toBeGreaterThan(60);
  for (const { start, end, hash } of stored) {
    expect(hash).toBe(createHash('sha256').update(embeddedText(name, [], file.text.slice(start, end))).digest('hex')); // prettier-ignore
  }
  expect(stored.some(({ start }, index) => start < (stored[index - 1]?.end ?? 0))).toBe(true);
  const tokenCount = stored.reduce((sum, { tokens }) => sum + tokens, 0);
  expect(finished).toEqual([{ mediaType: 'text/plain', pageCount: 41, tokenCount }]);
  expect(db.prepare('SELECT count(*) FROM passage_fts').pluck().get()).toBe(stored.length);
});

it('hands over no piece that is much longer than a passage allows, whatever the text', () => {
  const texts = [book().text, '🦊'.repeat(40_000), `word${'\n'.repeat(90_000)}`, 'x'.repeat(100_000)];
  for (const text of texts) {
    const file: ParsedFile = { text, pages: [], pageCount: null, structure: 'markdown', mediaType: 'text/markdown' };
    const pieces = [...cutPieces(file, { settings: defaultPassageSettings, countTokens: (part) => part.length / 4 })];
    expect(pieces.map((piece) => piece.text).join('')).toBe(text);
    for (const piece of pieces) {
      expect(piece.text.length).toBeLessThan(pieceChars * 1.5);
      expect(piece.text.isWellFormed()).toBe(true);
    }
  }
});
