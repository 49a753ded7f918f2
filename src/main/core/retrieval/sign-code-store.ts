import type { Db } from '../db/database.ts';
import type { CodedVectors } from './sign-codes.ts';

/** The coded vectors of a document's passages. */
export interface CodedPassages extends CodedVectors {
  /** `passage.row_id` of each vector. */
  readonly rowIds: Float64Array;
}

interface StoredCodes {
  dimensions: number;
  rowIds: Buffer;
  codes: Buffer;
}

/**
 * Keeps the codes of whole documents, a thirtieth of what their vectors take. Triggers of the database drop them when a passage
 * or a vector is written, so what is here is as the vectors are.
 */
export function createSignCodeStore(db: Db) {
  const select = db.prepare<[string, string], StoredCodes>(
    'SELECT dimensions, row_ids AS rowIds, codes FROM sign_code WHERE document_id = ? AND model = ?',
  );
  const insert = db.prepare<[string, string, number, Buffer, Buffer]>(
    'INSERT OR REPLACE INTO sign_code (document_id, model, dimensions, row_ids, codes) VALUES (?, ?, ?, ?, ?)',
  );

  return {
    read(documentId: string, vectorSpace: string): CodedPassages | null {
      const stored = select.get(documentId, vectorSpace);
      if (stored === undefined) return null;
      // Copied, since SQLite's bytes need not be aligned.
      const rowIds = new Float64Array(new Uint8Array(stored.rowIds).buffer);
      const codes = new Int32Array(new Uint8Array(stored.codes).buffer);
      return { dimensions: stored.dimensions, count: rowIds.length, rowIds, codes };
    },
    write(documentId: string, vectorSpace: string, { dimensions, rowIds, codes }: CodedPassages): void {
      insert.run(documentId, vectorSpace, dimensions, bytesOf(rowIds), bytesOf(codes));
    },
  };
}

/** Little-endian, as every processor we run on has them. */
function bytesOf({ buffer, byteOffset, byteLength }: Float64Array | Int32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}
