import { useMutation, useQueries, useQuery } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BudgetState } from '../../../../shared/contract/budgets.ts';
import { FormButtons } from '../../../components/form-buttons.tsx';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf } from '../../../components/error-sentence.ts';
import { Combobox } from '../../../components/ui/combobox.tsx';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { Field } from '../../../components/ui/field.tsx';
import { Input } from '../../../components/ui/input.tsx';
import { Select } from '../../../components/ui/select.tsx';
import { useFormat } from '../../../lib/format.ts';
import { mutation, queries } from '../../../rpc/queries.ts';
import { draftOf, keyOf, ofKey, readLimit } from './budget-draft.ts';

const pers = ['day', 'month', 'conversation'] as const;
const atLimits = ['ask', 'block'] as const;
const noticeShares = [0.5, 0.7, 0.8, 0.9, 0.95, 1] as const;

/** Everything, each provider that is paid, and each of its models. */
function useScopes(): { value: string; label: string }[] {
  const { t } = useTranslation('budgets');
  const sellers = (useQuery(queries.providers()).data?.providers ?? []).filter(({ kind }) => kind === 'remote');
  const lists = useQueries({ queries: sellers.map(({ id }) => queries.models(id)) });
  const ofSellers = sellers.flatMap(({ id, name }, index) => [
    { value: id, label: t('dialog.providerOnly', { provider: name }) },
    ...(lists[index]?.data?.models ?? []).map((model) => ({
      value: `${id}/${model.id}`,
      label: t('dialog.modelOnly', { model: model.id }),
    })),
  ]);
  return [{ value: 'all', label: t('dialog.all') }, ...ofSellers];
}

/** Sets a budget; `budget` is the one to change, null for a new one. */
export function BudgetDialog({ budget, onClose }: { budget: BudgetState | null; onClose: () => void }) {
  const { t } = useTranslation('budgets');
  const format = useFormat();
  const formId = useId();
  const [draft, setDraft] = useState(() => draftOf(budget));
  const set = useMutation(mutation('budgets.set'));
  const scopes = useScopes();
  const chosen = keyOf(draft.of);
  const offered = scopes.some(({ value }) => value === chosen) ? scopes : [...scopes, { value: chosen, label: chosen }];
  const limitNanos = readLimit(draft.limit);
  const shares = noticeShares.some((share) => share === draft.noticeShare)
    ? noticeShares
    : [...noticeShares, draft.noticeShare].toSorted((a, b) => a - b);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (limitNanos === null) return;
    const { limit: _limit, ...values } = draft;
    set.mutate({ ...values, limitNanos }, { onSuccess: onClose });
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t(budget === null ? 'dialog.add' : 'dialog.edit')}
      description={t('dialog.hint')}
      footer={<FormButtons formId={formId} busy={set.isPending} onCancel={onClose} />}
    >
      <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t('dialog.limit')} error={limitNanos === null ? t('dialog.limitWrong') : null}>
            <Input
              value={draft.limit}
              inputMode="decimal"
              autoComplete="off"
              maxLength={18}
              onChange={(event) => setDraft({ ...draft, limit: event.target.value })}
            />
          </Field>
          <Field label={t('dialog.per')}>
            <Select
              value={draft.per}
              options={pers.map((value) => ({ value, label: t(`dialog.pers.${value}`) }))}
              onChange={(per) => setDraft({ ...draft, per })}
            />
          </Field>
        </div>
        <Field label={t('dialog.of')}>
          <Combobox
            label={t('dialog.of')}
            value={chosen}
            options={offered}
            placeholder={t('dialog.all')}
            searchLabel={t('dialog.of')}
            emptyText={t('dialog.noScope')}
            onChange={(key) => setDraft({ ...draft, of: ofKey(key ?? 'all') })}
          />
        </Field>
        <Field label={t('dialog.notice')} hint={t('dialog.noticeHint')}>
          <Select
            value={String(draft.noticeShare)}
            options={shares.map((share) => ({ value: String(share), label: format.percent(share) }))}
            onChange={(share) => setDraft({ ...draft, noticeShare: Number(share) })}
          />
        </Field>
        <Field label={t('dialog.atLimit')}>
          <Select
            value={draft.atLimit}
            options={atLimits.map((value) => ({ value, label: t(`dialog.atLimits.${value}`) }))}
            onChange={(atLimit) => setDraft({ ...draft, atLimit })}
          />
        </Field>
        {set.isError && <ErrorMessage failure={failureOf(set.error)} />}
      </form>
    </Dialog>
  );
}
