import { z } from 'zod';
import { call } from '../rpc/define.ts';
import { amountTotal } from './money.ts';

const id = z.string().min(1).max(64);
const folderName = z.string().trim().min(1).max(80);

/** Most conversations that are organised at once. */
export const maxConversationsAtOnce = 500;

const conversationIds = z.array(id).max(maxConversationsAtOnce);

export const folder = z.object({
  id: z.string(),
  name: z.string(),
  /** Whether its conversations are shown in the history. */
  isOpen: z.boolean(),
  /** Of the conversations in it those that are not archived, with the pinned ones. */
  conversationCount: z.int().nonnegative(),
  /** Everything its conversations ever cost, the archived and the deleted ones too. */
  total: amountTotal,
});
export type Folder = z.infer<typeof folder>;

export const folders = {
  /** Every folder by name, and how many conversations are archived. */
  'folders.list': call({ input: z.void(), output: z.object({ folders: z.array(folder), archivedCount: z.int().nonnegative() }) }),
  /** Makes a folder, with these conversations in it. */
  'folders.add': call({
    input: z.object({ name: folderName, conversationIds: conversationIds.default([]) }),
    output: z.object({ folderId: z.string() }),
  }),
  'folders.rename': call({ input: z.object({ folderId: id, name: folderName }), output: z.void() }),
  'folders.setOpen': call({ input: z.object({ folderId: id, isOpen: z.boolean() }), output: z.void() }),
  /** Its conversations stay and are in no folder then. `restore` brings it back, with them, until the next start. */
  'folders.remove': call({ input: z.object({ folderId: id }), output: z.void() }),
  'folders.restore': call({ input: z.object({ folderId: id }), output: z.void() }),
  /** Puts conversations into a folder, or into none. All they ever cost moves with them. Those that are gone are left out. */
  'folders.file': call({ input: z.object({ conversationIds, folderId: id.nullable() }), output: z.void() }),
  /** Puts conversations on top of the history, or back to where they belong. Those that are gone are left out. */
  'conversations.setPinned': call({ input: z.object({ conversationIds, isPinned: z.boolean() }), output: z.void() }),
  /** Takes conversations out of the history, or brings them back. What they cost stays counted. Those that are gone are left out. */
  'conversations.setArchived': call({ input: z.object({ conversationIds, isArchived: z.boolean() }), output: z.void() }),
};
