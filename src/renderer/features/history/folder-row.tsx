import { ChevronRight, Ellipsis, Folder as FolderIcon, FolderOpen, Pencil, Trash2 } from 'lucide-react';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Folder } from '../../../shared/contract/folders.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { NameDialog } from '../../components/name-dialog.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Menu, MenuItem } from '../../components/ui/menu.tsx';
import { cn } from '../../lib/cn.ts';
import { useFormat } from '../../lib/format.ts';
import { rpc } from '../../rpc/connection.ts';
import type { FolderActions } from './use-folder-actions.ts';

/** A folder in the history: its name, how many conversations are in it and what they cost; folds what is in it. */
export const FolderRow = memo(function FolderRow({ folder, actions }: { folder: Folder; actions: FolderActions }) {
  const { t } = useTranslation(['history', 'common']);
  const format = useFormat();
  const [isRenaming, setIsRenaming] = useState(false);
  const { id: folderId, name, isOpen, conversationCount: count } = folder;
  const Icon = isOpen ? FolderOpen : FolderIcon;
  return (
    <h2 className="group relative flex h-8 items-center rounded-md font-normal focus-within:bg-hover hover:bg-hover has-data-popup-open:bg-hover">
      <button
        type="button"
        aria-expanded={isOpen}
        title={name}
        className="focus-inset flex h-full min-w-0 flex-1 items-center gap-1.5 rounded-md pr-2.5 pl-1 text-left text-ink"
        onClick={() => actions.toggle(folder)}
      >
        <ChevronRight className={cn('size-3.5 shrink-0 text-faint transition-transform', isOpen && 'rotate-90')} aria-hidden />
        <Icon className="size-4 shrink-0 text-muted" aria-hidden />
        <span className="truncate">{name}</span>
        <span className="flex-1 text-xs text-faint tabular">
          <span aria-hidden>{format.count(count)}</span>
          <span className="sr-only">{t('folder.count', { count, formatted: format.count(count) })}</span>
        </span>
        <AmountTotalText total={folder.total} className="mr-5 text-xs text-muted" />
      </button>
      <Menu
        trigger={
          <IconButton
            size="sm"
            className="absolute right-0.5 size-6 text-faint opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-popup-open:opacity-100 pointer-coarse:opacity-100"
            label={t('folder.actionsFor', { name })}
          >
            <Ellipsis className="size-4" aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil />} onSelect={() => setIsRenaming(true)}>
          {t('rename')}
        </MenuItem>
        <MenuItem icon={<Trash2 />} danger onSelect={() => actions.remove(folder)}>
          {t('folder.delete')}
        </MenuItem>
      </Menu>
      <NameDialog
        title={t('folder.rename')}
        label={t('folder.name')}
        action={t('common:save')}
        name={name}
        isOpen={isRenaming}
        onClose={() => setIsRenaming(false)}
        onName={(next) => rpc.call('folders.rename', { folderId, name: next })}
      />
    </h2>
  );
});
