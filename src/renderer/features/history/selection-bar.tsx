import { Archive, ArchiveRestore, FolderInput, Trash2, X } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { useFormat } from '../../lib/format.ts';
import { askWhereTo } from './move-store.ts';
import { clearSelection, useSelection } from './selection-store.ts';
import { useHistoryActions, type Organised } from './use-history-actions.ts';

/** How many conversations are selected, and what can be done with all of them. */
export function SelectionBar() {
  const { t } = useTranslation(['history', 'common']);
  const format = useFormat();
  const actions = useHistoryActions();
  const selected = useSelection(({ conversations }) => conversations);
  const areArchived = selected.every(({ isArchived }) => isArchived);
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) clearSelection();
    };
    window.addEventListener('keydown', leave);
    return () => window.removeEventListener('keydown', leave);
  }, []);
  function act(run: (conversations: readonly Organised[]) => void): void {
    clearSelection();
    run(selected);
  }
  return (
    <div role="toolbar" aria-label={t('selection.name')} className="flex h-8 shrink-0 items-center gap-0.5 px-2 pt-1">
      <output className="flex-1 truncate pl-2.5 text-xs text-muted">
        {t('selection.count', { count: selected.length, formatted: format.count(selected.length) })}
      </output>
      <IconButton size="sm" className="size-6" label={t('move.open')} data-leads-away onClick={() => act(askWhereTo)}>
        <FolderInput className="size-4" aria-hidden />
      </IconButton>
      <IconButton
        size="sm"
        className="size-6"
        label={t(areArchived ? 'bringBack' : 'archive')}
        onClick={() => act((conversations) => actions.archive(conversations, !areArchived))}
      >
        {areArchived ? <ArchiveRestore className="size-4" aria-hidden /> : <Archive className="size-4" aria-hidden />}
      </IconButton>
      <IconButton size="sm" className="size-6" label={t('delete')} onClick={() => act(actions.remove)}>
        <Trash2 className="size-4" aria-hidden />
      </IconButton>
      <IconButton size="sm" className="size-6" label={t('selection.clear')} onClick={clearSelection}>
        <X className="size-4" aria-hidden />
      </IconButton>
    </div>
  );
}
