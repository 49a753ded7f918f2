import { Archive, ArchiveRestore, Copy, Download, Ellipsis, FolderInput, ListChecks, Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../shared/contract/conversations.ts';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/ui/menu.tsx';
import { askToExport } from '../../navigation/export-store.ts';
import { useExportActions } from './export/use-export-actions.ts';
import { askWhereTo } from './move-store.ts';
import { toggleSelected } from './selection-store.ts';
import type { HistoryActions } from './use-history-actions.ts';

interface ConversationMenuProps {
  conversation: Conversation;
  actions: HistoryActions;
  onRename: () => void;
}

/** What can be done with a conversation of the history. */
export function ConversationMenu({ conversation, actions, onRename }: ConversationMenuProps) {
  const { t } = useTranslation(['history', 'portable']);
  const { copy } = useExportActions();
  const { isPinned, isArchived } = conversation;
  return (
    <Menu
      trigger={
        <IconButton
          size="sm"
          className="absolute right-0.5 size-6 text-faint opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-popup-open:opacity-100 pointer-coarse:opacity-100"
          label={t('actionsFor', { title: conversation.title || t('untitled') })}
        >
          <Ellipsis className="size-4" aria-hidden />
        </IconButton>
      }
    >
      {!isArchived && (
        <MenuItem icon={isPinned ? <PinOff /> : <Pin />} onSelect={() => actions.pin([conversation], !isPinned)}>
          {t(isPinned ? 'unpin' : 'pin')}
        </MenuItem>
      )}
      <div data-leads-away>
        <MenuItem icon={<FolderInput />} onSelect={() => askWhereTo([conversation])}>
          {t('move.open')}
        </MenuItem>
      </div>
      <MenuItem icon={isArchived ? <ArchiveRestore /> : <Archive />} onSelect={() => actions.archive([conversation], !isArchived)}>
        {t(isArchived ? 'bringBack' : 'archive')}
      </MenuItem>
      <MenuItem icon={<ListChecks />} onSelect={() => toggleSelected(conversation)}>
        {t('selection.add')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Pencil />} onSelect={onRename}>
        {t('rename')}
      </MenuItem>
      <div data-leads-away>
        <MenuItem icon={<Download />} onSelect={() => askToExport(conversation.id)}>
          {t('portable:export.open')}
        </MenuItem>
      </div>
      <MenuItem icon={<Copy />} onSelect={() => void copy(conversation.id)}>
        {t('portable:export.copy')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} danger onSelect={() => actions.remove([conversation])}>
        {t('delete')}
      </MenuItem>
    </Menu>
  );
}
