import { useMutation } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { Provider } from '../../../shared/contract/providers.ts';
import { FormButtons } from '../../components/form-buttons.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { SecretInput } from '../../components/secret-input.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { Field } from '../../components/ui/field.tsx';
import { mutation } from '../../rpc/queries.ts';

/** Takes a provider's key. Write-only: what is stored never comes back here. */
export function KeyDialog({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const formId = useId();
  const [key, setKey] = useState('');
  const set = useMutation(mutation('providers.setKey'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate(
      { providerId: provider.id, key },
      {
        onSuccess(stored) {
          toast.success(t('key.stored', { name: provider.name }), { description: t(`key.where.${stored.keyProtection}`) });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('key.title', { name: provider.name })}
      footer={<FormButtons formId={formId} busy={set.isPending} disabled={key.trim() === ''} onCancel={onClose} />}
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-3">
        <Field label={t('form.key')} hint={t('form.keyHint')}>
          <SecretInput value={key} onChange={setKey} showLabel={t('form.keyShow')} hideLabel={t('form.keyHide')} />
        </Field>
        {set.isError && <ErrorMessage failure={failureOf(set.error)} />}
      </form>
    </Dialog>
  );
}
