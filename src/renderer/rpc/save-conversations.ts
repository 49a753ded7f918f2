import { mediaTypes, saveFile } from '../lib/save-file.ts';
import { rpc } from './connection.ts';

/** Saves conversations with all their branches as JSON; null: all there are. `name` without its ending. Throws AppError. */
export async function saveConversations(conversationIds: string[] | null, name: string): Promise<void> {
  const pieces: string[] = [];
  const { signal } = new AbortController();
  for await (const { text } of rpc.stream('conversations.export', { conversationIds }, { signal })) pieces.push(text);
  saveFile(`${name}.json`, pieces, mediaTypes.json);
}
