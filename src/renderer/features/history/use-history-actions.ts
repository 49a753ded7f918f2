import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../shared/contract/conversations.ts';
import { useFormat } from '../../lib/format.ts';
import { useLatest } from '../../lib/use-latest.ts';
import { goTo, usePlace } from '../../navigation/place.ts';
import { rpc } from '../../rpc/connection.ts';
import { useNotices } from './use-notices.ts';

/** What is known of a conversation that is organised. */
export type Organised = Pick<Conversation, 'id' | 'title' | 'folderId' | 'isPinned' | 'isArchived'>;

/** Where conversations go: a folder that is there, a new one, or none. */
export type MoveTarget = { readonly id: string; readonly name: string } | { readonly newName: string } | null;

export type HistoryActions = ReturnType<typeof useHistoryActions>;

const idsOf = (conversations: readonly Organised[]): string[] => conversations.map(({ id }) => id);

async function putInto(conversationIds: string[], target: MoveTarget): Promise<void> {
  if (target === null) await rpc.call('folders.file', { conversationIds, folderId: null });
  else if ('newName' in target) await rpc.call('folders.add', { name: target.newName, conversationIds });
  else await rpc.call('folders.file', { conversationIds, folderId: target.id });
}

async function putBack(conversations: readonly Organised[]): Promise<void> {
  for (const [folderId, group] of Map.groupBy(conversations, (conversation) => conversation.folderId))
    await rpc.call('folders.file', { conversationIds: idsOf(group), folderId });
}

/**
 * Naming, pinning, filing, archiving and deleting conversations; what takes one out of sight can be undone from its notice.
 * The functions keep their identity, so that rows are not drawn again.
 */
export function useHistoryActions() {
  const { t } = useTranslation('history');
  const format = useFormat();
  const notices = useNotices();
  const place = usePlace();
  const latest = useLatest({ t, format, openId: place.name === 'chat' ? place.conversationId : null });
  return useMemo(() => {
    const words = (conversations: readonly Organised[]) => {
      const { t: text, format: numbers } = latest.current;
      return { title: conversations[0]?.title || text('untitled'), formatted: numbers.count(conversations.length) };
    };
    async function archive(conversations: readonly Organised[], isArchived: boolean): Promise<void> {
      const set = (value: boolean) => rpc.call('conversations.setArchived', { conversationIds: idsOf(conversations), isArchived: value });
      await set(isArchived);
      const { t: text } = latest.current;
      const [one, many] = isArchived ? (['archived', 'archivedMany'] as const) : (['broughtBack', 'broughtBackMany'] as const);
      notices.done({
        title: text(conversations.length === 1 ? one : many, words(conversations)),
        ...(isArchived && { help: text('archivedHelp') }),
        undo: () => set(!isArchived),
      });
    }
    async function move(conversations: readonly Organised[], target: MoveTarget): Promise<void> {
      await putInto(idsOf(conversations), target);
      const { t: text } = latest.current;
      const [one, many] = target === null ? (['takenOut', 'takenOutMany'] as const) : (['moved', 'movedMany'] as const);
      const folder = target === null ? '' : 'newName' in target ? target.newName : target.name;
      notices.done({
        title: text(conversations.length === 1 ? one : many, { ...words(conversations), folder }),
        ...(target !== null && { help: text('movedHelp') }),
        undo: () => putBack(conversations),
      });
    }
    async function remove(conversations: readonly Organised[]): Promise<void> {
      const { t: text, openId } = latest.current;
      const ids = idsOf(conversations);
      await Promise.all(ids.map((conversationId) => rpc.call('conversations.remove', { conversationId })));
      const wasOpen = openId !== null && ids.includes(openId);
      if (wasOpen) goTo({ name: 'chat', conversationId: null, messageId: null });
      async function undo(): Promise<void> {
        await Promise.all(ids.map((conversationId) => rpc.call('conversations.restore', { conversationId })));
        if (wasOpen) goTo({ name: 'chat', conversationId: openId, messageId: null });
      }
      const title = text(ids.length === 1 ? 'deleted' : 'deletedMany', words(conversations));
      notices.done({ title, help: text('deletedHelp'), undo });
    }
    const reported =
      <Input extends unknown[]>(run: (...input: Input) => Promise<unknown>) =>
      (...input: Input): void =>
        void run(...input).catch(notices.report);
    return {
      rename: reported((conversationId: string, title: string) => rpc.call('conversations.rename', { conversationId, title })),
      pin: reported((conversations: readonly Organised[], isPinned: boolean) =>
        rpc.call('conversations.setPinned', { conversationIds: idsOf(conversations), isPinned }),
      ),
      archive: reported(archive),
      move: reported(move),
      remove: reported(remove),
    };
  }, [latest, notices]);
}
