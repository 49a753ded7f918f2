import { z } from 'zod';
import { call, stream } from '../rpc/define.ts';

const id = z.string().min(1).max(64);

/** Largest file that is taken in, in bytes. */
export const maxImportBytes = 1024 * 1024 * 1024;

/** Most bytes one call carries, before base64. */
export const maxImportPieceBytes = 512 * 1024;

/** Why a conversation of a file is left out. */
export const importProblem = z.enum([
  'not_json',
  'not_a_conversation',
  'too_large',
  'nested_too_deep',
  'duplicate_ids',
  'broken_tree',
  'empty',
]);
export type ImportProblem = z.infer<typeof importProblem>;

/** A conversation that cannot be read: where it stands in the file, from 1, and its title where that is known. */
const brokenConversation = z.object({ ordinal: z.int().positive(), title: z.string().nullable(), problem: importProblem });
export type BrokenConversation = z.infer<typeof brokenConversation>;

const progress = z.object({
  type: z.literal('progress'),
  /** 0 to 1. */
  share: z.number().min(0).max(1),
});

/** What a file holds. */
export const importPreview = z.object({
  source: z.enum(['chatgpt', 'tally']),
  /** To be added: those that can be read and are not here yet. */
  newCount: z.int().nonnegative(),
  presentCount: z.int().nonnegative(),
  /** Of all that can be read, epoch milliseconds; null without any. */
  from: z.int().nullable(),
  to: z.int().nullable(),
  /** Images that were sent, which such files do not hold. */
  missingImageCount: z.int().nonnegative(),
  brokenCount: z.int().nonnegative(),
  /** The first of the broken ones. */
  broken: z.array(brokenConversation),
});
export type ImportPreview = z.infer<typeof importPreview>;

export const imports = {
  /** Announces a file. Its bytes follow in order through `append`. */
  'imports.begin': call({ input: z.object({ sizeBytes: z.int().nonnegative() }), output: z.object({ fileId: z.string() }) }),
  'imports.append': call({
    input: z.object({ fileId: id, offset: z.int().nonnegative(), base64: z.string().max(Math.ceil(maxImportPieceBytes / 3) * 4) }),
    output: z.void(),
  }),
  /** Lets a file go. */
  'imports.discard': call({ input: z.object({ fileId: id }), output: z.void() }),
  /** Reads a file to its end and says what it holds. Writes nothing. */
  'imports.preview': stream({
    input: z.object({ fileId: id }),
    item: z.discriminatedUnion('type', [progress, z.object({ type: z.literal('preview'), preview: importPreview })]),
  }),
  /** Adds what is not here yet. Left before its end, it takes back what it had added. `importId` is made by the page. */
  'imports.run': stream({
    input: z.object({ fileId: id, importId: id }),
    item: z.discriminatedUnion('type', [progress, z.object({ type: z.literal('done'), addedCount: z.int().nonnegative() })]),
  }),
  /** Deletes what an import added, as conversations are deleted: until the next start. */
  'imports.undo': call({ input: z.object({ importId: id }), output: z.void() }),
};
