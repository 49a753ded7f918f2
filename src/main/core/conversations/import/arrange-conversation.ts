import { createHash } from 'node:crypto';
import {
  UnreadableConversation,
  type ArrangedConversation,
  type ImportedConversation,
  type ImportedMessage,
} from './imported-conversation.ts';

/** Nobody had a conversation with a model before, so such a time is a mistake. */
const earliest = Date.UTC(2015, 0, 1);
/** How far clocks of different computers may be apart. */
const clockSlackMs = 24 * 60 * 60 * 1_000;
const maxTitleChars = 200;

/**
 * Puts every message behind the one it follows and gives each a time that can be: its own, else that of the one it follows.
 * What follows a message the file does not hold begins a branch. `now` in epoch milliseconds.
 * Throws UnreadableConversation: no message, the same id twice, or a message that follows itself.
 */
export function arrangeConversation(read: ImportedConversation, now: number): ArrangedConversation {
  const known = (time: number | null): number | null =>
    time !== null && Number.isFinite(time) && time >= earliest && time <= now + clockSlackMs ? Math.round(time) : null;
  if (read.messages.length === 0) throw new UnreadableConversation('empty', read.title);
  const ordered = inOrder(read);
  const times = read.messages.flatMap((message) => known(message.createdAt) ?? []);
  const begun = known(read.createdAt) ?? times.reduce((first, time) => Math.min(first, time), now);
  const timeOf = new Map<string, number>();
  const messages = ordered.map((message) => {
    const after = message.parentId === null ? begun : (timeOf.get(message.parentId) ?? begun);
    const createdAt = known(message.createdAt) ?? after;
    timeOf.set(message.id, createdAt);
    return { ...message, createdAt, finishedAt: known(message.finishedAt) ?? createdAt };
  });
  const latest = [...timeOf.values()].reduce((last, time) => Math.max(last, time), begun);
  return {
    ...read,
    title: titleOf(read),
    createdAt: begun,
    updatedAt: known(read.updatedAt) ?? latest,
    leafMessageId: leafOf(read.leafMessageId, messages),
    messages,
    contentHash: hashOf(read, ordered),
  };
}

function inOrder({ messages, title }: ImportedConversation): ImportedMessage[] {
  const ids = new Set(messages.map(({ id }) => id));
  if (ids.size !== messages.length) throw new UnreadableConversation('duplicate_ids', title);
  const rooted = messages.map((message) =>
    message.parentId !== null && !ids.has(message.parentId) ? { ...message, parentId: null } : message,
  );
  const children = Map.groupBy(rooted, ({ parentId }) => parentId);
  const ordered = [...(children.get(null) ?? [])];
  // Grows while it is walked: every message is followed by its own.
  for (const { id } of ordered) ordered.push(...(children.get(id) ?? []));
  // Those that are never reached follow each other in a circle.
  if (ordered.length !== messages.length) throw new UnreadableConversation('broken_tree', title);
  return ordered;
}

/** The end of the branch that was shown, or of the one that was written last. */
function leafOf(wanted: string | null, messages: readonly ImportedMessage[]): string | null {
  const lastChildOf = new Map(messages.map(({ id, parentId }) => [parentId, id]));
  let leaf = messages.some(({ id }) => id === wanted) ? wanted : (messages.at(-1)?.id ?? null);
  for (let next = lastChildOf.get(leaf); leaf !== null && next !== undefined; next = lastChildOf.get(leaf)) leaf = next;
  return leaf;
}

function titleOf({ title, messages }: ImportedConversation): string {
  const words = title.trim() === '' ? (messages.find(({ role }) => role === 'user')?.text.slice(0, 60) ?? '') : title;
  return words.replaceAll(/\s+/gu, ' ').trim().slice(0, maxTitleChars).toWellFormed();
}

function hashOf({ source, sourceId }: ImportedConversation, messages: readonly ImportedMessage[]): string {
  const content = messages.map(({ id, parentId, role, text }) => [id, parentId, role, text]);
  return createHash('sha256')
    .update(JSON.stringify([source, sourceId, content]))
    .digest('hex');
}
