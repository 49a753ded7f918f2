import { useMutation } from '@tanstack/react-query';
import { EllipsisVertical, FolderPlus, Pencil, RotateCw, Scissors, SquareTerminal, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { Collection } from '../../../shared/contract/documents.ts';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { NameDialog } from '../../components/name-dialog.tsx';
import { Button } from '../../components/ui/button.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/ui/menu.tsx';
import { cn } from '../../lib/cn.ts';
import { useFormat } from '../../lib/format.ts';
import { mutation } from '../../rpc/queries.ts';
import { PassagesDialog } from './passages-dialog.tsx';
import { isFirstCollection } from '../../components/use-collections.ts';

interface CollectionBarProps {
  collections: readonly Collection[];
  /** null: all of them. */
  chosenId: string | null;
  onChoose: (collectionId: string | null) => void;
}

/** Chooses whose documents are listed, and where files go that are added. */
export function CollectionBar({ collections, chosenId, onChoose }: CollectionBarProps) {
  const { t } = useTranslation('documents');
  const [isAdding, setIsAdding] = useState(false);
  const add = useMutation(mutation('documents.addCollection'));
  // What the terminal left behind is of interest only as long as something is in it.
  const shown = collections.filter(({ origin, documentCount }) => origin === 'app' || documentCount > 0);
  const chosen = shown.find(({ id }) => id === chosenId);
  // The only one there is needs not be chosen first.
  const acted = chosen ?? (shown.length === 1 ? shown[0] : undefined);
  const actions = acted !== undefined && <CollectionActions key={acted.id} collection={acted} onRemoved={() => onChoose(null)} />;
  return (
    <nav aria-label={t('collections.label')} className="flex flex-wrap items-center gap-1">
      {shown.length > 1 && (
        <>
          <CollectionButton label={t('collections.all')} isChosen={chosen === undefined} onChoose={() => onChoose(null)} />
          {shown.map((collection) => (
            <CollectionButton
              key={collection.id}
              label={collection.name}
              count={collection.documentCount}
              isFromTerminal={collection.origin === 'terminal'}
              isChosen={collection === chosen}
              onChoose={() => onChoose(collection.id)}
            />
          ))}
        </>
      )}
      {shown.length > 1 && actions}
      <Button variant="ghost" size="sm" onClick={() => setIsAdding(true)}>
        <FolderPlus className="size-4" aria-hidden />
        {t('collections.new')}
      </Button>
      {shown.length === 1 && actions}
      <NameDialog
        title={t('collections.new')}
        label={t('collections.name')}
        action={t('collections.create')}
        isOpen={isAdding}
        onClose={() => setIsAdding(false)}
        onName={async (name) => onChoose((await add.mutateAsync({ name })).id)}
      />
    </nav>
  );
}

interface CollectionButtonProps {
  label: string;
  count?: number;
  isFromTerminal?: boolean;
  isChosen: boolean;
  onChoose: () => void;
}

function CollectionButton({ label, count, isFromTerminal = false, isChosen, onChoose }: CollectionButtonProps) {
  const { t } = useTranslation('documents');
  const format = useFormat();
  return (
    <button
      type="button"
      aria-pressed={isChosen}
      title={isFromTerminal ? t('collections.fromTerminal') : undefined}
      onClick={onChoose}
      className={cn(
        'flex h-7 max-w-56 items-center gap-1.5 rounded-md px-2.5 text-sm',
        isChosen ? 'bg-active font-medium text-ink' : 'text-muted hover:bg-hover hover:text-ink',
      )}
    >
      {isFromTerminal && <SquareTerminal className="size-3.5 shrink-0" aria-hidden />}
      <span className="truncate">{label}</span>
      {count !== undefined && <span className="font-normal text-faint tabular">{format.count(count)}</span>}
    </button>
  );
}

function CollectionActions({ collection, onRemoved }: { collection: Collection; onRemoved: () => void }) {
  const { t } = useTranslation('documents');
  const passages = useTranslation('passages').t;
  const common = useTranslation('common').t;
  const sentenceOf = useErrorSentence();
  const [isRenaming, setIsRenaming] = useState(false);
  const [isCutting, setIsCutting] = useState(false);
  const onError = (error: unknown) => void toast.error(sentenceOf(failureOf(error)).title);
  const rename = useMutation(mutation('documents.renameCollection'));
  const remove = useMutation({ ...mutation('documents.removeCollection'), onError });
  const restore = useMutation({ ...mutation('documents.restoreCollection'), onError });
  const reindex = useMutation({ ...mutation('documents.reindexCollection'), onError });
  const { id: collectionId, name } = collection;

  function offerUndo(): void {
    onRemoved();
    const action = { label: common('undo'), onClick: () => restore.mutate({ collectionId }) };
    toast(t('collections.removed', { name }), { action });
  }

  return (
    <>
      <Menu
        align="start"
        trigger={
          <IconButton size="sm" label={t('collections.actionsFor', { name })}>
            <EllipsisVertical className="size-4" aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil aria-hidden />} onSelect={() => setIsRenaming(true)}>
          {t('collections.rename')}
        </MenuItem>
        <MenuItem
          icon={<RotateCw aria-hidden />}
          disabled={collection.documentCount === 0}
          onSelect={() => reindex.mutate({ collectionId })}
        >
          {t('collections.reindex')}
        </MenuItem>
        <MenuItem icon={<Scissors aria-hidden />} onSelect={() => setIsCutting(true)}>
          {passages('menu')}
        </MenuItem>
        {!isFirstCollection(collection) && (
          <>
            <MenuSeparator />
            <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => remove.mutate({ collectionId }, { onSuccess: offerUndo })}>
              {common('remove')}
            </MenuItem>
          </>
        )}
      </Menu>
      <NameDialog
        title={t('collections.rename')}
        label={t('collections.name')}
        action={common('save')}
        name={name}
        isOpen={isRenaming}
        onClose={() => setIsRenaming(false)}
        onName={(next) => rename.mutateAsync({ collectionId, name: next })}
      />
      <PassagesDialog collection={collection} isOpen={isCutting} onClose={() => setIsCutting(false)} />
    </>
  );
}
