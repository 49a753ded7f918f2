import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { failure } from './chat.ts';
import { amount, amountTotal } from './money.ts';
import { passageSettings } from './passage-settings.ts';

const id = z.string().min(1).max(64);

export { maxFileBytes } from '../file-limits.ts';

/** Most bytes one upload call carries, before base64. */
export const maxUploadChunkBytes = 512 * 1024;

/** Most bytes `documents.file` hands out at once, before base64. */
export const maxFilePieceBytes = 512 * 1024;

export const collection = z.object({
  id: z.string(),
  name: z.string(),
  /** terminal: made by a question asked there about its own files; not searched in chats unless chosen. */
  origin: z.enum(['app', 'terminal']),
  documentCount: z.int(),
  passageCount: z.int(),
});
export type Collection = z.infer<typeof collection>;

/**
 * queued -> reading -> embedding -> ready; `failed` from anywhere. `waiting`: read, and not sent to be embedded before its
 * price is accepted. From `embedding` and `waiting` on a document is found by its words; a ready one without vectors is too.
 */
export const documentStatus = z.enum(['queued', 'reading', 'embedding', 'waiting', 'ready', 'failed']);
export type DocumentStatus = z.infer<typeof documentStatus>;

/** What embedding would send, and what that would cost and take. Counted here; passages that have vectors are not in it. */
export const indexingEstimate = z.object({
  passageCount: z.int(),
  tokenCount: z.int(),
  amount,
  durationMs: z.int(),
});
export type IndexingEstimate = z.infer<typeof indexingEstimate>;

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
  /** While `waiting`. */
  estimate: indexingEstimate.nullable(),
  indexingTotal: amountTotal,
  addedAt: z.int(),
});
export type DocumentInfo = z.infer<typeof document>;

/** What all waiting documents come to. */
export const indexingQuote = z.object({
  fileCount: z.int(),
  /** Of the files that have pages. */
  pageCount: z.int(),
  passageCount: z.int(),
  tokenCount: z.int(),
  total: amountTotal,
  durationMs: z.int(),
});
export type IndexingQuote = z.infer<typeof indexingQuote>;

/** What a document has been good for, and what that has cost. Over the conversations there are. */
export const documentCard = z.object({
  document,
  /** Passages that have a vector of the embedding model there is now; null when there is no such model. */
  embeddedCount: z.int().nullable(),
  /** Answers whose prompt held a passage of it, and those that cite one. */
  givenCount: z.int(),
  citedCount: z.int(),
  /** Tokens of its passages in those prompts, and its share of what the prompts cost. Counted here. */
  promptTokens: z.int(),
  promptTotal: amountTotal,
  lastUsedAt: z.int().nullable(),
});
export type DocumentCard = z.infer<typeof documentCard>;

/** Most passages a preview shows; the others are only counted. */
export const maxPreviewedPassages = 60;

/** How a document would be cut. Offsets in UTF-16 code units, into its text. */
export const passagePreview = z.object({
  passages: z.array(
    z.object({
      startOffset: z.int(),
      text: z.string(),
      page: z.int().nullable(),
      headingPath: z.array(z.string()),
      tokenCount: z.int(),
    }),
  ),
  passageCount: z.int(),
  tokenCount: z.int(),
  /** What reading the whole collection anew would send at most, as far as this document tells; null without an embedding model. */
  reindex: indexingEstimate.omit({ passageCount: true }).nullable(),
});
export type PassagePreview = z.infer<typeof passagePreview>;

const name = z.string().trim().min(1).max(200);

/** What became of a file that arrived. */
const received = z.object({
  documentId: z.string(),
  alreadyPresent: z.boolean(),
  /** The content whose place it took, as `keepBoth` wants it; null when it took none. */
  replacedVersion: z.string().nullable(),
});

export const documents = {
  'documents.collections': call({ input: z.void(), output: z.object({ collections: z.array(collection) }) }),
  /** A new collection; two may bear the same name. */
  'documents.addCollection': call({ input: z.object({ name }), output: collection }),
  'documents.renameCollection': call({ input: z.object({ collectionId: id, name }), output: z.void() }),
  /** Hides it with its documents; `restoreCollection` brings both back. They are erased at the next start. Not for the first one. */
  'documents.removeCollection': call({ input: z.object({ collectionId: id }), output: z.void() }),
  'documents.restoreCollection': call({ input: z.object({ collectionId: id }), output: z.void() }),
  /** Reads every document of it again. What has a vector is not embedded again. */
  'documents.reindexCollection': call({ input: z.object({ collectionId: id }), output: z.void() }),
  /** How the documents of a collection are cut into passages. */
  'documents.passageSettings': call({ input: z.object({ collectionId: id }), output: passageSettings }),
  /** Changes that, and reads every document of the collection again. */
  'documents.setPassageSettings': call({ input: z.object({ collectionId: id, settings: passageSettings }), output: z.void() }),
  /** Shows how a document would be cut, and what it would cost. Changes nothing and asks no model. */
  'documents.previewPassages': call({ input: z.object({ documentId: id, settings: passageSettings }), output: passagePreview }),
  /** Those whose name is taken over there stay where they are and come back in `skippedIds`. */
  'documents.move': call({
    input: z.object({ documentIds: z.array(id).min(1).max(10_000), collectionId: id }),
    output: z.object({ skippedIds: z.array(z.string()) }),
  }),
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
  /**
   * Stores the document and queues it; reading goes on in the background. The same bytes again give the same document;
   * other bytes under a name that is there already become that document's new version.
   */
  'documents.finishUpload': call({
    input: z.object({ uploadId: id }),
    output: received,
  }),
  /**
   * Fetches a web page and stores it as a document named by its address; fetched again, it becomes its new version.
   * `allowPrivate`: the person has been told that the address is of this computer or its network (PAGE_ADDRESS_PRIVATE).
   */
  'documents.addPage': call({
    input: z.object({
      address: z.string().trim().min(1).max(1_000),
      collectionId: id.nullable().default(null),
      allowPrivate: z.boolean().default(false),
    }),
    output: received,
  }),
  /** Makes a document of its own, under a name of its own, of a version that was replaced since the last start. */
  'documents.keepBoth': call({
    input: z.object({ documentId: id, version: z.string().regex(/^[0-9a-f]{64}$/) }),
    output: z.object({ documentId: z.string() }),
  }),
  'documents.cancelUpload': call({ input: z.object({ uploadId: id }), output: z.void() }),
  /** What the waiting documents would cost to embed; null when none waits. */
  'documents.indexingQuote': call({ input: z.void(), output: indexingQuote.nullable() }),
  /** Sends waiting documents to be embedded. null: all of them. */
  'documents.acceptIndexing': call({ input: z.object({ documentIds: z.array(id).max(10_000).nullable() }), output: z.void() }),
  /** Leaves waiting documents without vectors: they are found by their words. null: all of them. */
  'documents.declineIndexing': call({ input: z.object({ documentIds: z.array(id).max(10_000).nullable() }), output: z.void() }),
  /** Ends what is going on: documents that are not read yet are removed (`restore` brings them back), the others stay without (further) vectors. */
  'documents.cancelIndexing': call({ input: z.void(), output: z.object({ removedIds: z.array(z.string()) }) }),
  'documents.card': call({ input: z.object({ documentId: id }), output: documentCard }),
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
