import { useState, type ReactNode, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../shared/contract/chat.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';

interface EntryDialogProps {
  title: string;
  canSave: boolean;
  /** The dialog closes when it resolves and says why when it rejects. */
  onSave: () => Promise<void>;
  onClose: () => void;
  children: ReactNode;
}

/** The frame of a form for an entry of the library. */
export function EntryDialog({ title, canSave, onSave, onClose, children }: EntryDialogProps) {
  const { t } = useTranslation('common');
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: SyntheticEvent): Promise<void> {
    event.preventDefault();
    if (!canSave) return;
    setIsBusy(true);
    try {
      await onSave();
      onClose();
    } catch (error) {
      setFailure(failureOf(error));
      setIsBusy(false);
    }
  }

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()} title={title} className="w-[min(36rem,calc(100vw-2rem))]">
      <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        {children}
        {failure !== null && <ErrorMessage failure={failure} />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" variant="primary" busy={isBusy} disabled={!canSave}>
            {t('save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
