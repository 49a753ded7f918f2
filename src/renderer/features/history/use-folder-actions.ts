import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Folder } from '../../../shared/contract/folders.ts';
import { useLatest } from '../../lib/use-latest.ts';
import { rpc } from '../../rpc/connection.ts';
import { useNotices } from './use-notices.ts';

export type FolderActions = ReturnType<typeof useFolderActions>;

/** Opening and deleting folders; deleting can be undone from its notice. The functions keep their identity. */
export function useFolderActions() {
  const { t } = useTranslation('history');
  const notices = useNotices();
  const latest = useLatest(t);
  return useMemo(() => {
    async function remove({ id: folderId, name }: Folder): Promise<void> {
      await rpc.call('folders.remove', { folderId });
      const text = latest.current;
      notices.done({
        title: text('folder.deleted', { name }),
        help: text('folder.deletedHelp'),
        undo: () => rpc.call('folders.restore', { folderId }),
      });
    }
    return {
      toggle: ({ id: folderId, isOpen }: Folder): void =>
        void rpc.call('folders.setOpen', { folderId, isOpen: !isOpen }).catch(notices.report),
      remove: (folder: Folder): void => void remove(folder).catch(notices.report),
    };
  }, [latest, notices]);
}
