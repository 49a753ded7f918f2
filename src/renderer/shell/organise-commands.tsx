import { useQuery } from '@tanstack/react-query';
import { Archive, ArchiveRestore, FolderInput, Pin, PinOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { askWhereTo } from '../features/history/move-store.ts';
import { useHistoryActions } from '../features/history/use-history-actions.ts';
import type { SearchCommand } from '../features/search/palette-choice.ts';
import type { Place } from '../navigation/place.ts';
import { queries } from '../rpc/queries.ts';

/** Pinning, filing and archiving the conversation that is open. */
export function useOrganiseCommands(place: Place): SearchCommand[] {
  const { t } = useTranslation('palette');
  const actions = useHistoryActions();
  const conversationId = place.name === 'chat' ? place.conversationId : null;
  const opened = useQuery({ ...queries.conversation(conversationId ?? ''), enabled: conversationId !== null });
  const conversation = opened.data?.conversation;
  if (conversationId === null || conversation === undefined) return [];
  const { isPinned, isArchived } = conversation;
  return [
    {
      id: 'pin',
      group: 'actions',
      label: t(isPinned ? 'command.unpin' : 'command.pin'),
      keywords: ['pin'],
      icon: isPinned ? <PinOff /> : <Pin />,
      run: () => actions.pin([conversation], !isPinned),
    },
    {
      id: 'move',
      group: 'actions',
      label: t('command.move'),
      keywords: ['folder'],
      icon: <FolderInput />,
      run: () => askWhereTo([conversation]),
    },
    {
      id: 'archive',
      group: 'actions',
      label: t(isArchived ? 'command.bringBack' : 'command.archive'),
      keywords: ['archive'],
      icon: isArchived ? <ArchiveRestore /> : <Archive />,
      run: () => actions.archive([conversation], !isArchived),
    },
  ];
}
