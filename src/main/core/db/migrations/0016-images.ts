import type { Database } from 'better-sqlite3';

/** Images of questions and drafts, kept once however often they are used, and gone with the last use. */
export function images(db: Database): void {
  const dropUnused = `
    DELETE FROM image WHERE id = old.image_id
      AND NOT EXISTS (SELECT 1 FROM message_image WHERE image_id = old.image_id)
      AND NOT EXISTS (SELECT 1 FROM draft_image WHERE image_id = old.image_id);`;
  db.exec(`
    CREATE TABLE image (
      -- SHA-256 of the bytes.
      id TEXT PRIMARY KEY NOT NULL,
      media_type TEXT NOT NULL CHECK (media_type IN ('image/png', 'image/jpeg', 'image/webp')),
      width INTEGER NOT NULL CHECK (width > 0),
      height INTEGER NOT NULL CHECK (height > 0),
      bytes BLOB NOT NULL,
      added_at INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE message_image (
      message_id TEXT NOT NULL REFERENCES message (id) ON DELETE CASCADE,
      image_id TEXT NOT NULL REFERENCES image (id),
      position INTEGER NOT NULL CHECK (position > 0),
      -- Of the file it came from.
      name TEXT NOT NULL,
      PRIMARY KEY (message_id, image_id)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX message_image_by_image ON message_image (image_id);

    CREATE TABLE draft_image (
      conversation_key TEXT NOT NULL REFERENCES draft (conversation_key) ON DELETE CASCADE,
      image_id TEXT NOT NULL REFERENCES image (id),
      position INTEGER NOT NULL CHECK (position > 0),
      name TEXT NOT NULL,
      PRIMARY KEY (conversation_key, image_id)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX draft_image_by_image ON draft_image (image_id);

    CREATE TRIGGER image_of_message_unused AFTER DELETE ON message_image BEGIN${dropUnused}
    END;

    CREATE TRIGGER image_of_draft_unused AFTER DELETE ON draft_image BEGIN${dropUnused}
    END;
  `);
}
