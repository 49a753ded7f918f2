import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preset, PresetId } from '../../../shared/contract/providers.ts';
import { FormButtons } from '../../components/form-buttons.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { KeyPageLink } from '../../components/key-page-link.tsx';
import { SecretInput } from '../../components/secret-input.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';
import { Select } from '../../components/ui/select.tsx';
import { mutation, queries } from '../../rpc/queries.ts';

interface Draft {
  readonly preset: PresetId;
  readonly name: string;
  readonly baseUrl: string;
  readonly key: string;
}

function draftOf(preset: Preset): Draft {
  return { preset: preset.id, name: preset.name, baseUrl: preset.baseUrl, key: '' };
}

/** Adds a provider: choose a service, check its address, give its key. */
export function AddProviderDialog({ onClose, onAdded }: { onClose: () => void; onAdded: (providerId: string) => void }) {
  const { t } = useTranslation('settings');
  const common = useTranslation('common').t;
  const formId = useId();
  const presets = useQuery(queries.presets()).data?.presets.filter(({ kind }) => kind !== 'demo') ?? [];
  const add = useMutation(mutation('providers.add'));
  const [edited, setEdited] = useState<Draft | null>(null);
  const [firstPreset] = presets;
  const draft = edited ?? (firstPreset === undefined ? null : draftOf(firstPreset));
  const preset = presets.find(({ id }) => id === draft?.preset);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (draft === null) return;
    const key = draft.key.trim();
    add.mutate(
      { preset: draft.preset, name: draft.name, baseUrl: draft.baseUrl, key: key === '' ? null : key },
      {
        onSuccess(provider) {
          onAdded(provider.id);
          onClose();
        },
      },
    );
  };
  const isComplete = draft !== null && draft.name.trim() !== '' && draft.baseUrl.trim() !== '';
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('form.addTitle')}
      footer={<FormButtons formId={formId} busy={add.isPending} disabled={!isComplete} label={common('add')} onCancel={onClose} />}
    >
      {draft !== null && preset !== undefined && (
        <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
          <Field label={t('form.preset')}>
            <Select
              value={draft.preset}
              options={presets.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(id) => {
                const chosen = presets.find((candidate) => candidate.id === id);
                if (chosen !== undefined) setEdited(draftOf(chosen));
              }}
            />
          </Field>
          <Field label={t('form.name')}>
            <Input value={draft.name} maxLength={100} onChange={(event) => setEdited({ ...draft, name: event.target.value })} />
          </Field>
          <Field label={t('form.baseUrl')} hint={t('form.baseUrlHint')}>
            <Input
              type="url"
              value={draft.baseUrl}
              maxLength={2_000}
              spellCheck={false}
              onChange={(event) => setEdited({ ...draft, baseUrl: event.target.value })}
            />
          </Field>
          <Field
            label={t(preset.needsKey ? 'form.key' : 'form.keyOptional')}
            hint={
              <>
                {t('form.keyHint')} <KeyPageLink preset={preset} />
              </>
            }
          >
            <SecretInput
              value={draft.key}
              onChange={(key) => setEdited({ ...draft, key })}
              showLabel={t('form.keyShow')}
              hideLabel={t('form.keyHide')}
            />
          </Field>
          {add.isError && <ErrorMessage failure={failureOf(add.error)} />}
        </form>
      )}
    </Dialog>
  );
}
