import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelInfo, Provider } from '../../../shared/contract/providers.ts';
import { FormButtons } from '../../components/form-buttons.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Combobox } from '../../components/ui/combobox.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { Field } from '../../components/ui/field.tsx';
import { Input } from '../../components/ui/input.tsx';
import { mutation, queries } from '../../rpc/queries.ts';

interface ModelFieldProps {
  label: string;
  hint: string;
  noneLabel: string;
  value: string | null;
  models: readonly ModelInfo[] | undefined;
  kind: ModelInfo['kind'];
  onChange: (modelId: string | null) => void;
}

/** A model of the provider: chosen from its list, or typed where it gives none. */
function ModelField({ label, hint, noneLabel, value, models, kind, onChange }: ModelFieldProps) {
  const { t } = useTranslation('settings');
  const options = models?.filter((model) => model.kind === kind).map(({ id }) => ({ value: id, label: id })) ?? [];
  return (
    <Field label={label} hint={hint}>
      {options.length === 0 ? (
        <Input
          value={value ?? ''}
          placeholder={noneLabel}
          maxLength={200}
          spellCheck={false}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        />
      ) : (
        <Combobox
          value={value}
          options={options}
          placeholder={noneLabel}
          noneLabel={noneLabel}
          searchLabel={t('form.findModel')}
          emptyText={t('form.noModel')}
          onChange={onChange}
        />
      )}
    </Field>
  );
}

/** Edits a provider's name, address and models for jobs besides chatting. */
export function EditProviderDialog({ provider, onClose }: { provider: Provider; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const formId = useId();
  const [draft, setDraft] = useState(provider);
  const models = useQuery(queries.models(provider.id)).data?.models;
  const update = useMutation(mutation('providers.update'));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const { name, baseUrl, embeddingModelId, smallModelId } = draft;
    update.mutate({ providerId: provider.id, name, baseUrl, embeddingModelId, smallModelId }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t('form.editTitle', { name: provider.name })}
      footer={<FormButtons formId={formId} busy={update.isPending} disabled={draft.name.trim() === ''} onCancel={onClose} />}
    >
      <form id={formId} onSubmit={submit} className="flex flex-col gap-4">
        <Field label={t('form.name')} error={draft.name.trim() === '' ? t('form.nameMissing') : null}>
          <Input value={draft.name} maxLength={100} onChange={(event) => setDraft({ ...draft, name: event.target.value })} />
        </Field>
        <Field label={t('form.baseUrl')} hint={t('form.baseUrlHint')}>
          <Input
            type="url"
            value={draft.baseUrl}
            maxLength={2_000}
            spellCheck={false}
            onChange={(event) => setDraft({ ...draft, baseUrl: event.target.value })}
          />
        </Field>
        <ModelField
          label={t('form.embeddingModel')}
          hint={t('form.embeddingHint')}
          noneLabel={t('form.keywordsOnly')}
          value={draft.embeddingModelId}
          models={models}
          kind="embedding"
          onChange={(embeddingModelId) => setDraft({ ...draft, embeddingModelId })}
        />
        <ModelField
          label={t('form.smallModel')}
          hint={t('form.smallHint')}
          noneLabel={t('form.sameModel')}
          value={draft.smallModelId}
          models={models}
          kind="chat"
          onChange={(smallModelId) => setDraft({ ...draft, smallModelId })}
        />
        {update.isError && <ErrorMessage failure={failureOf(update.error)} />}
      </form>
    </Dialog>
  );
}
