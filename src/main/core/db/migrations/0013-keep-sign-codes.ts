import type { Database } from 'better-sqlite3';

/**
 * The signs of a document's vectors, packed, so that the first search after a start need not read the vectors themselves. They can
 * be made anew from the vectors at any time; what changes a passage or a vector drops them in the same transaction.
 */
export function keepSignCodes(db: Database): void {
  db.exec(`
    CREATE TABLE sign_code (
      document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
      model TEXT NOT NULL,
      dimensions INTEGER NOT NULL CHECK (dimensions > 0),
      -- passage.row_id of each vector, float64, and its signs in 32-bit words, little-endian.
      row_ids BLOB NOT NULL,
      codes BLOB NOT NULL,
      PRIMARY KEY (document_id, model)
    ) STRICT;
    CREATE TRIGGER sign_code_passage_added AFTER INSERT ON passage BEGIN
      DELETE FROM sign_code WHERE document_id = new.document_id;
    END;
    CREATE TRIGGER sign_code_passage_deleted AFTER DELETE ON passage BEGIN
      DELETE FROM sign_code WHERE document_id = old.document_id;
    END;
    CREATE TRIGGER sign_code_embedding_added AFTER INSERT ON embedding BEGIN
      DELETE FROM sign_code WHERE model = new.model AND document_id IN (SELECT document_id FROM passage WHERE content_hash = new.content_hash);
    END;
    CREATE TRIGGER sign_code_embedding_updated AFTER UPDATE ON embedding BEGIN
      DELETE FROM sign_code WHERE model = new.model AND document_id IN (SELECT document_id FROM passage WHERE content_hash = new.content_hash);
    END;
  `);
}
