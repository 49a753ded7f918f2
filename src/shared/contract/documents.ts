import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { failure } from './chat.ts';
import { amountTotal } from './money.ts';

const id = z.string().min(1).max(64);

export { maxFileBytes } from '../file-limits.ts';

/** Most bytes one upload call carries, before base64. */
export const maxUploadChunkBytes = 512 * 1024;

/** Most bytes `documents.file` hands out at once, before base64. */
export const maxFilePieceBytes = 512 * 1024;

export const collection = z.object({
  id: z.string(),
  name: z.string(),
  documentCount: z.int(),
  passageCount: z.int(),
});
export type Collection = z.infer<typeof collection>;

/** queued -> reading -> embedding -> ready; `failed` from anywhere. A ready document without vectors is found by its words. */
export const documentStatus = z.enum(['queued', 'reading', 'embedding', 'ready', 'failed']);
export type DocumentStatus = z.infer<typeof documentStatus>;

export const document = z.object({
  id: z.string(),
  collectionId: z.string(),
  /** File name, or path inside the folder it came with. */
  name: z.string(),
  mediaType: z.string(),
  sizeBytes: z.int(),
  status: documentStatus,
  failure: failure.nullable(),
  /** Why a ready document has no vectors, when the provider should have made them. */
  notice: failure.nullable(),
  /** Passages embedded so far, while `embedding`. */
  embeddedCount: z.int(),
  pageCount: z.int().nullable(),
  passageCount: z.int(),
  tokenCount: z.int().nullable(),
  hasVectors: z.boolean(),
  indexingTotal: amountTotal,
  addedAt: z.int(),
});
export type DocumentInfo = z.infer<typeof document>;

export const documents = {
  'documents.collections': call({ input: z.void(), output: z.object({ collections: z.array(collection) }) }),
  /** A new collection; two may bear the same name. */
  'documents.addCollection': call({ input: z.object({ name: z.string().trim().min(1).max(200) }), output: collection }),
  'documents.list': call({
    input: z.object({ collectionId: id.nullable().default(null) }),
    output: z.object({ documents: z.array(document) }),
  }),
  /** Announces a file. Bytes follow in order through `uploadChunk`, then `finishUpload`. */
  'documents.beginUpload': call({
    input: z.object({
      collectionId: id.nullable().default(null),
      /** File name, or its path inside the chosen folder with `/`. */
      name: z.string().min(1).max(1_000),
      sizeBytes: z.int().nonnegative(),
    }),
    output: z.object({ uploadId: z.string() }),
  }),
  'documents.uploadChunk': call({
    input: z.object({ uploadId: id, offset: z.int().nonnegative(), base64: z.string().max(Math.ceil(maxUploadChunkBytes / 3) * 4) }),
    output: z.object({ receivedBytes: z.int() }),
  }),
  /** Stores the document and queues it; reading goes on in the background. The same bytes again give the same document. */
  'documents.finishUpload': call({
    input: z.object({ uploadId: id }),
    output: z.object({ documentId: z.string(), alreadyPresent: z.boolean() }),
  }),
  'documents.cancelUpload': call({ input: z.object({ uploadId: id }), output: z.void() }),
  'documents.retry': call({ input: z.object({ documentId: id }), output: z.void() }),
  /** Hides it from lists and search; `restore` brings it back. It is erased for good at the next start. */
  'documents.remove': call({ input: z.object({ documentId: id }), output: z.void() }),
  'documents.restore': call({ input: z.object({ documentId: id }), output: z.void() }),
  /** Bytes of the stored file, a piece at a time, for showing its pages; fewer where it ends. `version` names the file's content. */
  'documents.file': call({
    input: z.object({ documentId: id, offset: z.int().nonnegative(), lengthBytes: z.int().min(1).max(maxFilePieceBytes) }),
    output: z.object({ base64: z.string(), sizeBytes: z.int(), version: z.string() }),
  }),
  /** A stretch of the stored text, for showing a passage in its place. Offsets in UTF-16 code units. */
  'documents.read': call({
    input: z.object({
      documentId: id,
      startOffset: z.int().nonnegative().default(0),
      lengthChars: z.int().min(1).max(200_000).default(50_000),
    }),
    output: z.object({
      document,
      text: z.string(),
      startOffset: z.int(),
      totalChars: z.int(),
      /** Where each page starts in the stored text; empty where the format has no pages. */
      pages: z.array(z.object({ page: z.int().positive(), startOffset: z.int() })),
    }),
  }),
};
