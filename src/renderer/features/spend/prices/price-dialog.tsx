import { useMutation, useQuery } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnPrice } from '../../../../shared/contract/prices.ts';
import { FormButtons } from '../../../components/form-buttons.tsx';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf } from '../../../components/error-sentence.ts';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { Field } from '../../../components/ui/field.tsx';
import { Input } from '../../../components/ui/input.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { useToday } from '../../../lib/use-today.ts';
import { mutation, queries } from '../../../rpc/queries.ts';
import { rateInput, readRate } from './rate-field.ts';

/** What the dialog begins with: a model that needs a price, a price to change, or nothing. */
export type PriceDraft = Partial<OwnPrice>;

const rateNames = ['inputPerMillion', 'outputPerMillion', 'cacheReadPerMillion', 'cacheWritePerMillion'] as const;
type RateName = (typeof rateNames)[number];
type RateTexts = Readonly<Record<RateName, string>>;

function RateFields({ texts, isChecked, onChange }: { texts: RateTexts; isChecked: boolean; onChange: (texts: RateTexts) => void }) {
  const { t } = useTranslation('prices');
  const errorOf = (name: RateName): string | null => {
    const rate = readRate(texts[name]);
    if (rate === undefined) return t('rateWrong');
    return isChecked && rate === null && name === 'inputPerMillion' ? t('rateMissing') : null;
  };
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      {rateNames.map((name) => (
        <Field key={name} label={t(`rates.${name}`)} hint={t(`rateHints.${name}`)} error={errorOf(name)}>
          <Input
            value={texts[name]}
            inputMode="decimal"
            autoComplete="off"
            maxLength={14}
            onChange={(event) => onChange({ ...texts, [name]: event.target.value })}
          />
        </Field>
      ))}
    </div>
  );
}

function ModelField({ providerId, model, error, onChange }: ModelFieldProps) {
  const { t } = useTranslation('prices');
  const listId = useId();
  const models = useQuery({ ...queries.models(providerId), enabled: providerId !== '' }).data?.models ?? [];
  return (
    <Field label={t('model')} hint={t('modelHint')} error={error}>
      <Input value={model} list={listId} maxLength={200} spellCheck={false} onChange={(event) => onChange(event.target.value)} />
      <datalist id={listId}>
        {models.map(({ id }) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
      </datalist>
    </Field>
  );
}

interface ModelFieldProps {
  providerId: string;
  model: string;
  error: string | null;
  onChange: (model: string) => void;
}

/** Sets the price of a model from a day on. `edited`: the price that is changed; null for a new one. */
export function PriceDialog({ draft, edited, onClose }: { draft: PriceDraft; edited: OwnPrice | null; onClose: () => void }) {
  const { t } = useTranslation('prices');
  const formId = useId();
  const today = useToday();
  const sellers = (useQuery(queries.providers()).data?.providers ?? []).filter(({ kind }) => kind === 'remote');
  const [chosenId, setChosenId] = useState(draft.providerId ?? null);
  const [model, setModel] = useState(draft.model ?? '');
  const [validFrom, setValidFrom] = useState(draft.validFrom ?? today);
  const [texts, setTexts] = useState<RateTexts>({
    inputPerMillion: rateInput(draft.inputPerMillion ?? null),
    outputPerMillion: rateInput(draft.outputPerMillion ?? null),
    cacheReadPerMillion: rateInput(draft.cacheReadPerMillion ?? null),
    cacheWritePerMillion: rateInput(draft.cacheWritePerMillion ?? null),
  });
  const [isChecked, setIsChecked] = useState(false);
  const set = useMutation(mutation('prices.set'));
  const providerId = chosenId ?? sellers[0]?.id ?? '';

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setIsChecked(true);
    const [inputPerMillion, outputPerMillion, cacheReadPerMillion, cacheWritePerMillion] = rateNames.map((name) => readRate(texts[name]));
    if (typeof inputPerMillion !== 'number' || outputPerMillion === undefined) return;
    if (cacheReadPerMillion === undefined || cacheWritePerMillion === undefined) return;
    if (providerId === '' || model.trim() === '' || validFrom === '') return;
    const rates = { inputPerMillion, outputPerMillion, cacheReadPerMillion, cacheWritePerMillion };
    set.mutate({ providerId, model, validFrom, ...rates, replaces: edited }, { onSuccess: onClose });
  };

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(edited === null ? 'set' : 'change')}
      description={t('setHint')}
      footer={<FormButtons formId={formId} busy={set.isPending} onCancel={onClose} />}
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <Field label={t('provider')}>
          <Select
            value={providerId}
            disabled={edited !== null}
            options={sellers.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setChosenId}
          />
        </Field>
        <ModelField
          providerId={providerId}
          model={model}
          error={isChecked && model.trim() === '' ? t('modelMissing') : null}
          onChange={setModel}
        />
        <RateFields texts={texts} isChecked={isChecked} onChange={setTexts} />
        <Field label={t('validFrom')} hint={t('validFromHint')} error={isChecked && validFrom === '' ? t('dayMissing') : null}>
          <Input type="date" value={validFrom} onChange={(event) => setValidFrom(event.target.value)} />
        </Field>
        {set.isError && <ErrorMessage failure={failureOf(set.error)} />}
      </form>
    </Dialog>
  );
}
