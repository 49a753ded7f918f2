import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Select } from '../../components/ui/select.tsx';
import { useFormat } from '../../lib/format.ts';
import { mutation } from '../../rpc/queries.ts';
import { useCollections } from '../../components/use-collections.ts';

interface MoveDialogProps {
  /** null: closed. */
  documentIds: readonly string[] | null;
  /** The collection they are in; null when they are in several. */
  fromId: string | null;
  onClose: () => void;
}

/** Asks for the collection that documents are to move to. */
export function MoveDialog({ documentIds, fromId, onClose }: MoveDialogProps) {
  const { t } = useTranslation('documents');
  const common = useTranslation('common').t;
  const format = useFormat();
  const sentenceOf = useErrorSentence();
  const targets = useCollections().filter(({ id }) => id !== fromId);
  const [wishedId, setWishedId] = useState<string | null>(null);
  const move = useMutation({
    ...mutation('documents.move'),
    onError: (error) => void toast.error(sentenceOf(failureOf(error)).title),
    onSuccess: ({ skippedIds: { length: count } }) => {
      if (count > 0) toast(t('move.skipped', { count, formatted: format.count(count) }));
      onClose();
    },
  });
  const collectionId = targets.find(({ id }) => id === wishedId)?.id ?? targets[0]?.id ?? null;
  const count = documentIds?.length ?? 0;

  function submit(): void {
    if (documentIds !== null && collectionId !== null) move.mutate({ documentIds: [...documentIds], collectionId });
  }

  return (
    <Dialog
      open={documentIds !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('move.title', { count, formatted: format.count(count) })}
      className="w-[min(24rem,calc(100vw-2rem))]"
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button variant="primary" busy={move.isPending} disabled={collectionId === null} onClick={submit}>
            {t('move.move')}
          </Button>
        </>
      }
    >
      <Field label={t('move.to')}>
        <Select value={collectionId} options={targets.map(({ id, name }) => ({ value: id, label: name }))} onChange={setWishedId} />
      </Field>
    </Dialog>
  );
}
