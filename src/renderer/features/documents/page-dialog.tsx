import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';
import { mutation } from '../../rpc/queries.ts';

interface PageDialogProps {
  isOpen: boolean;
  /** null: the first one. */
  collectionId: string | null;
  onClose: () => void;
}

/** Asks for the address of a web page and adds it. An address of one's own network is added once that is confirmed. */
export function PageDialog({ isOpen, collectionId, onClose }: PageDialogProps) {
  const { t } = useTranslation('documents');
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()} title={t('addPage')} className="w-[min(30rem,calc(100vw-2rem))]">
      <PageForm collectionId={collectionId} onClose={onClose} />
    </Dialog>
  );
}

function PageForm({ collectionId, onClose }: Omit<PageDialogProps, 'isOpen'>) {
  const { t } = useTranslation('documents');
  const common = useTranslation('common').t;
  const sentenceOf = useErrorSentence();
  const [address, setAddress] = useState('');
  const add = useMutation({
    ...mutation('documents.addPage'),
    // Said even if the form is gone.
    onSuccess: ({ alreadyPresent, replacedVersion }, added) => {
      const said = alreadyPresent ? 'unchanged' : replacedVersion === null ? 'added' : 'updated';
      toast.success(t(`page.${said}`, { name: added.address }));
    },
  });
  const failure = add.isError ? failureOf(add.error) : null;
  const isPrivate = failure?.code === 'PAGE_ADDRESS_PRIVATE';

  function submit(event: SyntheticEvent): void {
    event.preventDefault();
    add.mutate({ address: address.trim(), collectionId, allowPrivate: isPrivate }, { onSuccess: onClose });
  }

  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <Field label={t('page.address')} hint={t('page.hint')} error={failure === null ? null : sentenceOf(failure).text}>
        <Input
          type="text"
          inputMode="url"
          placeholder="https://"
          value={address}
          maxLength={1_000}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setAddress(event.target.value);
            // What was said, and confirmed, was about another address.
            add.reset();
          }}
        />
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button type="submit" variant="primary" busy={add.isPending} disabled={address.trim() === ''}>
          {t(isPrivate ? 'page.addAnyway' : 'page.add')}
        </Button>
      </div>
    </form>
  );
}
