import { useMutation } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { FormButtons } from '../../components/form-buttons.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { SecretInput } from '../../components/secret-input.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { Field } from '../../components/ui/field.tsx';
import { mutation } from '../../rpc/queries.ts';

const minLength = 8;

/** Sets the passphrase that keys are encrypted with from now on. */
export function PassphraseDialog({ title, onClose }: { title: string; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const formId = useId();
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const [isChecked, setIsChecked] = useState(false);
  const set = useMutation(mutation('keys.setPassphrase'));
  const isTooShort = first.length < minLength;
  const differs = first !== second;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    if (isTooShort || differs) return;
    set.mutate(
      { passphrase: first },
      {
        onSuccess() {
          toast.success(t('keys.passphraseSet'));
          onClose();
        },
      },
    );
  };
  const words = { showLabel: t('form.keyShow'), hideLabel: t('form.keyHide') };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={t('keys.passphraseHint')}
      footer={<FormButtons formId={formId} busy={set.isPending} onCancel={onClose} />}
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('keys.newPassphrase')} error={isChecked && isTooShort ? t('keys.tooShort') : null}>
          <SecretInput value={first} onChange={setFirst} {...words} />
        </Field>
        <Field label={t('keys.repeat')} error={isChecked && !isTooShort && differs ? t('keys.notSame') : null}>
          <SecretInput value={second} onChange={setSecond} {...words} />
        </Field>
        {set.isError && <ErrorMessage failure={failureOf(set.error)} />}
      </form>
    </Dialog>
  );
}
