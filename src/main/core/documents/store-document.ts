import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { inRepeatableTransaction, type Db } from '../db/database.ts';
import { searchTerms } from '../db/search-terms.ts';
import { embeddedText } from './embedded-text.ts';
import type { CutPassage, ParsedPiece } from './parsing/parsed-piece.ts';
import type { NewPassage, PassageStore } from './passage-store.ts';
import type { TextStore } from './text-store.ts';

/** Stored in one transaction: a few milliseconds' worth, after which an answer that streams meanwhile gets its turn. */
const passagesPerTransaction = 8;
/** Erased in one transaction. */
const erasedAtOnce = 50;

export interface StoreDeps {
  readonly db: Db;
  readonly passages: Pick<PassageStore, 'insert' | 'removeSome'>;
  readonly texts: TextStore;
  readonly newId: () => string;
}

/** What was stored of a whole file. */
export interface StoredFile {
  readonly mediaType: string;
  readonly pageCount: number | null;
  readonly tokenCount: number;
}

interface DocumentToStore {
  readonly id: string;
  readonly name: string;
}

/**
 * Takes over a file piece by piece, in place of what was stored of the document before. `finish` is called in the transaction
 * of the last piece. Rejects with the signal's reason, or with what reading the pieces throws.
 */
export async function storeDocument(
  deps: StoreDeps,
  document: DocumentToStore,
  pieces: AsyncIterable<ParsedPiece>,
  { signal, finish }: { readonly signal: AbortSignal; readonly finish: (file: StoredFile) => void },
): Promise<void> {
  let startOffset = 0;
  let position = 0;
  let tokenCount = 0;
  let isErased = false;
  // The end of the piece before: a passage may begin in it.
  let carried = '';
  for await (const piece of pieces) {
    // Not before the file is known to be readable: a damaged new version leaves the passages of the old one to `restore`.
    if (!isErased) await eraseStored(deps, document.id, signal);
    isErased = true;
    const window = { text: carried + piece.text, startOffset: startOffset - carried.length };
    const passages = piece.passages.map((passage, index) => newPassage(deps, document, window, passage, position + index));
    for (const [index, batch] of batchesOf(passages).entries()) {
      await nextTurn(undefined, { signal });
      const isLast = (index + 1) * passagesPerTransaction >= passages.length;
      inRepeatableTransaction(deps.db, () => {
        if (index === 0) deps.texts.append(document.id, { startOffset, text: piece.text, pages: piece.pages });
        for (const passage of batch) {
          deps.passages.insert(passage);
          tokenCount += passage.tokenCount;
        }
        if (isLast && piece.end !== null) finish({ ...piece.end, tokenCount });
      });
    }
    startOffset += piece.text.length;
    position += passages.length;
    carried = carriedOf(window, piece.passages);
  }
}

async function eraseStored({ db, passages, texts }: StoreDeps, documentId: string, signal: AbortSignal): Promise<void> {
  const erase = (): number => passages.removeSome(documentId, erasedAtOnce) + texts.removeSome(documentId, erasedAtOnce);
  while (inRepeatableTransaction(db, erase) > 0) await nextTurn(undefined, { signal });
}

interface Window {
  readonly text: string;
  readonly startOffset: number;
}

/** What a later passage may still begin in: not more than the last passage, since overlap goes no further back. */
function carriedOf({ text, startOffset }: Window, passages: readonly CutPassage[]): string {
  const last = passages.at(-1);
  return last === undefined ? text : text.slice(last.startOffset - startOffset);
}

function newPassage({ newId }: StoreDeps, document: DocumentToStore, window: Window, passage: CutPassage, position: number): NewPassage {
  const { startOffset, endOffset, headingPath } = passage;
  const text = window.text.slice(startOffset - window.startOffset, endOffset - window.startOffset);
  return {
    ...passage,
    id: newId(),
    documentId: document.id,
    position,
    titleTerms: searchTerms([document.name, ...headingPath].join(' ')),
    // Not the parser process's to say: what has the same hash shares its vector.
    contentHash: createHash('sha256')
      .update(embeddedText(document.name, headingPath, text))
      .digest('hex'),
  };
}

/** At least one, so that text without passages is stored too. */
function batchesOf(passages: readonly NewPassage[]): NewPassage[][] {
  const batches: NewPassage[][] = [];
  for (let index = 0; index < passages.length; index += passagesPerTransaction) {
    batches.push(passages.slice(index, index + passagesPerTransaction));
  }
  return batches.length === 0 ? [[]] : batches;
}
