import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist';
import { AppError } from '../../../../shared/rpc/errors.ts';
import { rpc } from '../../../rpc/connection.ts';
import { pdfjs, safeOptions, startPdfWorker } from './pdf-library.ts';

/** Bytes asked of the core at once; below the contract's `maxFilePieceBytes`. */
const pieceBytes = 256 * 1024;

/** A PDF of which only the parts that are looked at have been read. */
export interface OpenPdf {
  readonly pdf: PDFDocumentProxy;
  /** Rejects when a part cannot be read (any more). */
  readonly failed: Promise<never>;
  /** Ends its thread, whatever it does. */
  close(): void;
}

/** Opens the stored file of a document. Rejects with what the core says, or with pdf.js's reason for a file it cannot read. */
export async function openPdf(documentId: string, signal: AbortSignal): Promise<OpenPdf> {
  const first = await readPiece(documentId, 0, pieceBytes);
  signal.throwIfAborted();
  const { worker, terminate } = startPdfWorker();
  const failure = Promise.withResolvers<never>();
  // Whoever draws hears of it; nobody may be drawing just then.
  failure.promise.catch(() => undefined);
  const range = new StoredFile(documentId, first, failure.reject);
  const task: PDFDocumentLoadingTask = pdfjs.getDocument({ ...safeOptions, worker, range, rangeChunkSize: pieceBytes });
  const close = (): void => {
    failure.reject(new AppError('CANCELLED'));
    void task.destroy().catch(() => undefined);
    terminate();
  };
  signal.addEventListener('abort', close, { once: true });
  try {
    return { pdf: await Promise.race([task.promise, failure.promise]), failed: failure.promise, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** Hands pdf.js the parts of a stored file that it asks for. */
class StoredFile extends pdfjs.PDFDataRangeTransport {
  readonly #documentId: string;
  readonly #version: string;
  readonly #onFailure: (error: unknown) => void;

  constructor(documentId: string, first: FilePiece, onFailure: (error: unknown) => void) {
    super(first.sizeBytes, first.bytes);
    this.#documentId = documentId;
    this.#version = first.version;
    this.#onFailure = onFailure;
  }

  override requestDataRange(begin: number, end: number): void {
    this.#read(begin, end).then((bytes) => this.onDataRange(begin, bytes), this.#onFailure);
  }

  async #read(begin: number, end: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(end - begin);
    for (let filled = 0; filled < bytes.length;) {
      const piece = await readPiece(this.#documentId, begin + filled, Math.min(pieceBytes, bytes.length - filled));
      // Parts of two versions make no file.
      if (piece.version !== this.#version || piece.bytes.length === 0) throw new AppError('NOT_FOUND', 'The file has changed.');
      bytes.set(piece.bytes, filled);
      filled += piece.bytes.length;
    }
    return bytes;
  }
}

interface FilePiece {
  readonly bytes: Uint8Array;
  readonly sizeBytes: number;
  readonly version: string;
}

async function readPiece(documentId: string, offset: number, lengthBytes: number): Promise<FilePiece> {
  const { base64, sizeBytes, version } = await rpc.call('documents.file', { documentId, offset, lengthBytes });
  return { bytes: Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)), sizeBytes, version };
}
