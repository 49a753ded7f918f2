import { useQuery } from '@tanstack/react-query';
import { Check, Folder as FolderIcon, FolderMinus, FolderPlus } from 'lucide-react';
import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Folder } from '../../../shared/contract/folders.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { Input } from '../../components/ui/input.tsx';
import { useFormat } from '../../lib/format.ts';
import { queries } from '../../rpc/queries.ts';
import { askWhereTo, useMoving } from './move-store.ts';
import { useHistoryActions, type MoveTarget, type Organised } from './use-history-actions.ts';

const noFolders: readonly Folder[] = [];

/** Asks for the folder that conversations are to go to. Mounted once; opened by `askWhereTo`. */
export function MoveDialog() {
  const { t } = useTranslation('history');
  const format = useFormat();
  const conversations = useMoving((state) => state.conversations);
  const count = conversations?.length ?? 0;
  return (
    <Dialog
      open={conversations !== null}
      onOpenChange={(open) => !open && askWhereTo(null)}
      title={t('move.title', { count, formatted: format.count(count) })}
      description={t('move.help')}
      className="w-[min(26rem,calc(100vw-2rem))]"
    >
      {conversations !== null && <Targets conversations={conversations} />}
    </Dialog>
  );
}

function Targets({ conversations }: { conversations: readonly Organised[] }) {
  const { t } = useTranslation('history');
  const { move } = useHistoryActions();
  const folders = useQuery(queries.folders()).data?.folders ?? noFolders;
  const [first] = conversations;
  const isCommon = conversations.every(({ folderId }) => folderId === first?.folderId);
  const currentId = isCommon ? (first?.folderId ?? null) : null;
  function choose(target: MoveTarget): void {
    askWhereTo(null);
    move(conversations, target);
  }
  return (
    <div className="flex flex-col gap-3">
      {folders.length > 0 && (
        <ul aria-label={t('move.folders')} className="flex flex-col">
          {folders.map((folder) => (
            <li key={folder.id}>
              <Target
                icon={folder.id === currentId ? <Check /> : <FolderIcon />}
                isCurrent={folder.id === currentId}
                onChoose={() => choose(folder)}
              >
                <span className="min-w-0 flex-1 truncate">{folder.name}</span>
                <AmountTotalText total={folder.total} className="text-sm text-faint" />
              </Target>
            </li>
          ))}
          {(currentId !== null || !isCommon) && (
            <li>
              <Target icon={<FolderMinus />} onChoose={() => choose(null)}>
                {t('move.none')}
              </Target>
            </li>
          )}
        </ul>
      )}
      <NewFolder onName={(newName) => choose({ newName })} />
    </div>
  );
}

interface TargetProps {
  icon: ReactNode;
  isCurrent?: boolean;
  onChoose: () => void;
  children: ReactNode;
}

function Target({ icon, isCurrent = false, onChoose, children }: TargetProps) {
  return (
    <button
      type="button"
      disabled={isCurrent}
      aria-current={isCurrent || undefined}
      onClick={onChoose}
      className="flex h-9 w-full items-center gap-2.5 rounded-md px-2 text-left enabled:hover:bg-hover disabled:text-muted [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted"
    >
      {icon}
      {children}
    </button>
  );
}

/** Makes a folder and moves there at once. */
function NewFolder({ onName }: { onName: (name: string) => void }) {
  const { t } = useTranslation('history');
  const [name, setName] = useState('');
  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    if (name.trim() !== '') onName(name.trim());
  }
  return (
    <form onSubmit={submit} className="flex items-center gap-2">
      <Input
        value={name}
        maxLength={80}
        autoComplete="off"
        placeholder={t('folder.new')}
        aria-label={t('move.newName')}
        onChange={(event) => setName(event.target.value)}
      />
      <Button type="submit" disabled={name.trim() === ''} className="shrink-0">
        <FolderPlus className="size-4" aria-hidden />
        {t('move.create')}
      </Button>
    </form>
  );
}
