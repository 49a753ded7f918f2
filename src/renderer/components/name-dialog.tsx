import { useState, type SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf, useErrorSentence } from './error-sentence.ts';
import { Button } from './ui/button.tsx';
import { Dialog } from './ui/dialog.tsx';
import { Field } from './ui/field.tsx';
import { Input } from './ui/input.tsx';

interface NameDialogProps {
  title: string;
  /** What is named, above the field. */
  label: string;
  /** The word on the button. */
  action: string;
  /** The name there is. */
  name?: string;
  isOpen: boolean;
  onClose: () => void;
  /** The dialog closes when it resolves and says why when it rejects. */
  onName: (name: string) => Promise<unknown>;
}

/** Asks for the name of a collection or a folder. */
export function NameDialog({ isOpen, onClose, title, ...form }: NameDialogProps) {
  return (
    <Dialog open={isOpen} onOpenChange={(open) => !open && onClose()} title={title} className="w-[min(24rem,calc(100vw-2rem))]">
      <NameForm {...form} onClose={onClose} />
    </Dialog>
  );
}

function NameForm({ label, action, name = '', onClose, onName }: Omit<NameDialogProps, 'isOpen' | 'title'>) {
  const { t: common } = useTranslation('common');
  const sentenceOf = useErrorSentence();
  const [text, setText] = useState(name);
  const [error, setError] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: SyntheticEvent): Promise<void> {
    event.preventDefault();
    setIsBusy(true);
    try {
      await onName(text.trim());
      onClose();
    } catch (thrown) {
      setError(sentenceOf(failureOf(thrown)).title);
    } finally {
      setIsBusy(false);
    }
  }

  return (
    <form className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
      <Field label={label} error={error}>
        <Input value={text} maxLength={200} autoComplete="off" onChange={(event) => setText(event.target.value)} />
      </Field>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{common('cancel')}</Button>
        <Button type="submit" variant="primary" busy={isBusy} disabled={text.trim() === ''}>
          {action}
        </Button>
      </div>
    </form>
  );
}
