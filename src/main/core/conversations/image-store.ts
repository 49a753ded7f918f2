import type { AttachedImage, ImageUse } from '../../../shared/contract/images.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction, type Db } from '../db/database.ts';

/** An image as it is kept. */
export interface StoredImage {
  /** SHA-256 of the bytes, hex. */
  readonly id: string;
  readonly mediaType: string;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly bytes: Buffer;
}

interface UsedImage extends AttachedImage {
  readonly messageId: string;
}

export type ImageStore = ReturnType<typeof createImageStore>;

/** Reads and writes `image`, and which questions and drafts use which. What is used no more the database drops itself. */
export function createImageStore(db: Db) {
  const add = db.prepare<[StoredImage & { addedAt: number }]>(`
    INSERT OR IGNORE INTO image (id, media_type, width, height, bytes, added_at)
    VALUES (@id, @mediaType, @width, @height, @bytes, @addedAt)`);
  const get = db.prepare<[string], StoredImage>('SELECT id, media_type AS mediaType, width, height, bytes FROM image WHERE id = ?');
  const ofIds = db.prepare<[string], AttachedImage>(`
    SELECT image.id, used.value ->> 'name' AS name, width, height FROM json_each(?) used JOIN image ON image.id = used.value ->> 'id'
    ORDER BY used.key`);
  const attach = db.prepare<[string, number, string, string]>(`
    INSERT INTO message_image (message_id, position, name, image_id) SELECT ?, ?, ?, id FROM image WHERE id = ?
    ON CONFLICT DO NOTHING`);
  const ofMessages = db.prepare<[string], UsedImage>(`
    SELECT message_id AS messageId, image.id, name, width, height FROM message_image JOIN image ON image.id = image_id
    WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY message_id, position`);
  const ofDraft = db.prepare<[string], AttachedImage>(`
    SELECT image.id, name, width, height FROM draft_image JOIN image ON image.id = image_id WHERE conversation_key = ? ORDER BY position`);
  // Those that stay are not deleted in between: they could be used nowhere else.
  const putInDraft = db.prepare<[string, number, string, string]>(`
    INSERT INTO draft_image (conversation_key, position, name, image_id) SELECT ?, ?, ?, id FROM image WHERE id = ?
    ON CONFLICT (conversation_key, image_id) DO UPDATE SET position = excluded.position, name = excluded.name`);
  const dropFromDraft = db.prepare<[string, string]>(
    'DELETE FROM draft_image WHERE conversation_key = ? AND image_id NOT IN (SELECT value FROM json_each(?))',
  );
  const purge = db.prepare<[]>(`
    DELETE FROM image WHERE id NOT IN (SELECT image_id FROM message_image) AND id NOT IN (SELECT image_id FROM draft_image)`);

  return {
    /** Keeps an image, if it is not there yet. `addedAt` in epoch milliseconds. */
    add(image: StoredImage, addedAt: number): void {
      add.run({ ...image, addedAt });
    },
    get: (id: string): StoredImage | undefined => get.get(id),
    /** These images with their sizes, in this order. Throws AppError IMAGE_GONE. */
    require(uses: readonly ImageUse[]): AttachedImage[] {
      const found = uses.length === 0 ? [] : ofIds.all(JSON.stringify(uses));
      if (found.length !== uses.length) throw new AppError('IMAGE_GONE', 'An image is not there any more.');
      return found;
    },
    /** Gives a question its images. Throws AppError IMAGE_GONE. */
    attach(messageId: string, uses: readonly ImageUse[]): void {
      inTransaction(db, () => {
        for (const [index, { id, name }] of uses.entries()) {
          const isFirst = uses.findIndex((use) => use.id === id) === index;
          if (isFirst && attach.run(messageId, index + 1, name, id).changes !== 1) {
            throw new AppError('IMAGE_GONE', 'An image is not there any more.');
          }
        }
      });
    },
    /** What each of these messages has, in order; those without images are left out. */
    ofMessages(messageIds: readonly string[]): Map<string, AttachedImage[]> {
      const grouped = Map.groupBy(ofMessages.all(JSON.stringify(messageIds)), ({ messageId }) => messageId);
      return new Map([...grouped].map(([id, used]) => [id, used.map(({ messageId: _messageId, ...image }) => image)]));
    },
    ofDraft: (conversationKey: string): AttachedImage[] => ofDraft.all(conversationKey),
    /** Gives a draft these images and no others. Those that are gone are left out. */
    setDraft(conversationKey: string, uses: readonly ImageUse[]): void {
      inTransaction(db, () => {
        for (const [index, { id, name }] of uses.entries()) putInDraft.run(conversationKey, index + 1, name, id);
        dropFromDraft.run(conversationKey, JSON.stringify(uses.map(({ id }) => id)));
      });
    },
    /** At start: drops what was added and never used. */
    purge(): void {
      purge.run();
    },
  };
}
