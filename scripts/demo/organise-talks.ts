import type { AppContract } from '../../src/shared/contract/index.ts';
import type { RpcClient } from '../../src/shared/rpc/client.ts';
import type { readTalks, WrittenTalk } from './read-talks.ts';

/** Makes the folders the talks name; those are open that have nothing of the everyday ones. Returns their ids by name. */
export async function makeFolders(
  client: RpcClient<AppContract>,
  { talks, patterns }: ReturnType<typeof readTalks>,
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const name of new Set(talks.flatMap(({ fields }) => fields['folder'] ?? []))) {
    const { folderId } = await client.call('folders.add', { name });
    ids.set(name, folderId);
    // An open one with a year in it would leave no room for anything else.
    if (patterns.some(({ fields }) => fields['folder'] === name)) await client.call('folders.setOpen', { folderId, isOpen: false });
  }
  return ids;
}

/** Puts a conversation where its talk says it is kept. */
export async function organise(
  client: RpcClient<AppContract>,
  conversationId: string,
  { fields }: WrittenTalk,
  folderIds: ReadonlyMap<string, string>,
): Promise<void> {
  const conversationIds = [conversationId];
  const folderId = folderIds.get(fields['folder'] ?? '');
  if (folderId !== undefined) await client.call('folders.file', { conversationIds, folderId });
  if ('pinned' in fields) await client.call('conversations.setPinned', { conversationIds, isPinned: true });
  if ('archived' in fields) await client.call('conversations.setArchived', { conversationIds, isArchived: true });
}
