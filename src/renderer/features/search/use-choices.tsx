import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { matchSorter } from 'match-sorter';
import { MessageSquare } from 'lucide-react';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation, SearchHit } from '../../../shared/contract/conversations.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { Kbd } from '../../components/ui/kbd.tsx';
import { useFormat } from '../../lib/format.ts';
import { goTo } from '../../navigation/place.ts';
import { queries } from '../../rpc/queries.ts';
import { commandGroups, findCommands, recentCommands } from './find-commands.ts';
import { Highlighted } from './highlighted.tsx';
import type { Choice, ChoiceGroup, SearchCommand } from './palette-choice.ts';
import { rememberCommand, showSearch, useUsedCommands } from './search-store.ts';

/** Most of each that are shown before anything is typed. */
const recentCounts = { conversations: 6, commands: 3 };
/** Prompts and assistants that are shown before anything is typed; the rest is found by typing. */
const shownOfGroup = 6;
const maxTitles = 5;

/** What the palette offers for what was typed; the likeliest first. */
export function useChoices(commands: readonly SearchCommand[], query: string) {
  const { t } = useTranslation(['shell', 'palette']);
  const words = query.trim();
  const search = useMessageSearch(words);
  const usedIds = useUsedCommands(({ ids }) => ids);
  const list = useInfiniteQuery(queries.conversations());
  const conversations = list.data?.pages.flatMap((page) => page.conversations) ?? [];
  const groups = words === '' ? beforeTyping() : whileTyping();

  function beforeTyping(): ChoiceGroup[] {
    const recent = recentCommands(commands, usedIds, recentCounts.commands);
    const others = commandGroups.map((group) => ({
      value: t(`palette:group.${group}`),
      items: commands.filter((command) => command.group === group && !recent.includes(command)).slice(0, shownOfGroup),
    }));
    return [
      {
        value: t('palette:group.recent'),
        items: [...conversations.slice(0, recentCounts.conversations).map(toConversation), ...recent.map(toCommand)],
      },
      ...others.map(({ value, items }) => ({ value, items: items.map(toCommand) })),
    ];
  }

  function whileTyping(): ChoiceGroup[] {
    const { near, far } = findCommands(commands, words, usedIds);
    const titled = matchSorter(conversations, words, { keys: ['title'], threshold: matchSorter.rankings.CONTAINS }).slice(0, maxTitles);
    const titledIds = new Set(titled.map(({ id }) => id));
    // Found by its title alone, a conversation is shown as itself.
    const hits = search.hits.filter(({ conversationId, highlights }) => highlights.length > 0 || !titledIds.has(conversationId));
    const ofGroups = (found: readonly SearchCommand[], isFar: boolean) =>
      commandGroups.map((group) => ({
        // The list tells its groups apart by their names.
        value: t(`palette:group.${group}`) + (isFar && near.some((command) => command.group === group) ? ' …' : ''),
        items: found.filter((command) => command.group === group).map(toCommand),
      }));
    return [
      ...ofGroups(near, false),
      { value: t('palette:group.conversations'), items: titled.map(toConversation) },
      { value: t('palette:group.messages'), items: hits.map(toHit) },
      ...ofGroups(far, true),
    ];
  }

  const shown = groups.filter(({ items }) => items.length > 0);
  return { groups: shown, error: search.error, isSearching: search.isSearching, isEmpty: search.isOver && shown.length === 0 };
}

function useMessageSearch(typed: string) {
  const words = useDeferredValue(typed);
  const result = useQuery({
    ...queries.conversationSearch({ query: words }),
    enabled: words !== '',
    placeholderData: keepPreviousData,
  });
  return {
    hits: words === '' ? [] : (result.data?.hits ?? []),
    error: words === '' ? null : result.error,
    isSearching: words !== '' && result.isFetching,
    isOver: words !== '' && result.isSuccess && !result.isPlaceholderData,
  };
}

function closeAnd(run: () => void): () => void {
  return () => {
    showSearch(false);
    run();
  };
}

function toHit(hit: SearchHit): Choice {
  const { conversationId, messageId } = hit;
  return {
    id: messageId,
    row: <HitRow hit={hit} />,
    run: closeAnd(() => goTo({ name: 'chat', conversationId, messageId })),
  };
}

function toConversation(conversation: Conversation): Choice {
  return {
    id: conversation.id,
    row: <ConversationRow conversation={conversation} />,
    run: closeAnd(() => goTo({ name: 'chat', conversationId: conversation.id, messageId: null })),
  };
}

function toCommand(command: SearchCommand): Choice {
  return {
    id: command.id,
    row: (
      <p className="flex items-center gap-2.5 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-faint">
        {command.icon}
        <span className="min-w-0 flex-1 truncate">{command.label}</span>
        {command.shortcut !== undefined && <Kbd shortcut={command.shortcut} className="text-faint opacity-100" />}
      </p>
    ),
    run: closeAnd(() => {
      rememberCommand(command.id);
      command.run();
    }),
  };
}

function ConversationRow({ conversation: { title, total } }: { conversation: Conversation }) {
  const { t } = useTranslation('shell');
  return (
    <p className="flex items-center gap-2.5">
      <MessageSquare className="size-4 shrink-0 text-faint" aria-hidden />
      <span className="min-w-0 flex-1 truncate">{title || t('search.untitled')}</span>
      <AmountTotalText total={total} className="text-xs text-faint" />
    </p>
  );
}

function HitRow({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation(['shell', 'history']);
  const format = useFormat();
  return (
    <>
      <p className="flex items-baseline gap-2 text-sm text-muted">
        <span className="min-w-0 flex-1 truncate font-medium">{hit.conversationTitle || t('search.untitled')}</span>
        <span className="shrink-0 text-xs text-faint">
          {hit.isArchived && <>{t('history:archiveList.note')} · </>}
          {t(hit.role === 'user' ? 'search.you' : 'search.answer')} · {format.dateTime(hit.createdAt)}
        </span>
      </p>
      <p className="line-clamp-2 wrap-anywhere">
        <Highlighted text={hit.snippet} highlights={hit.highlights} />
      </p>
    </>
  );
}
