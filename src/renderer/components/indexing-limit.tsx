import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { mutation, queries } from '../rpc/queries.ts';
import { limitText } from './amount-text.ts';
import { Select } from './ui/select.tsx';

/** What one may choose not to be asked about, in nano-USD: nothing, a cent, ten, a dollar, ten. */
const limits = [0, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000] as const;

/** Chooses below which price documents are indexed without asking. */
export function IndexingLimit({ className }: { className?: string }) {
  const { t, i18n } = useTranslation('documents');
  const { data: settings } = useQuery(queries.settings());
  const save = useMutation(mutation('settings.update'));
  if (settings === undefined) return null;
  const chosen = settings.indexWithoutAskingBelowNanos;
  const offered = limits.some((limit) => limit === chosen) ? limits : [...limits, chosen].toSorted((a, b) => a - b);
  return (
    <Select
      label={t('price.limit')}
      {...(className === undefined ? {} : { className })}
      value={String(chosen)}
      options={offered.map((limit) => ({
        value: String(limit),
        label: limit === 0 ? t('price.always') : limitText(limit, i18n.language),
      }))}
      onChange={(limit) => save.mutate({ indexWithoutAskingBelowNanos: Number(limit) })}
    />
  );
}
