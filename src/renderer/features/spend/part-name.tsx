import { useTranslation } from 'react-i18next';
import type { SpendPart, Split } from '../../../shared/contract/spend.ts';
import type { Purpose } from '../../../shared/contract/usage.ts';
import type { Series } from './chart-data.ts';

const purposes: Readonly<Record<Purpose, true>> = {
  answer: true,
  condense: true,
  multi_query: true,
  query_embedding: true,
  rerank: true,
  index_embedding: true,
  title: true,
  summary: true,
};

function isPurpose(key: string): key is Purpose {
  return Object.hasOwn(purposes, key);
}

/** What a part is called, in words; one that is gone is said to be. `null`: all the smaller ones. */
export function usePartName(split: Split): (part: Pick<SpendPart, 'key' | 'name'> | null) => string {
  const { t } = useTranslation('spend');
  const common = useTranslation('common').t;
  return (part) => {
    if (part === null) return t('chart.other');
    if (split === 'purpose') return isPurpose(part.key) ? common(`purpose.${part.key}`) : part.key;
    if (part.name === null) return split === 'model' || split === 'provider' ? part.key : t(`gone.${split}`);
    return part.name === '' ? t('untitled') : part.name;
  };
}

/** A colour of the chart and what it stands for. */
export function SeriesName({ series, split }: { series: Series; split: Split }) {
  const nameOf = usePartName(split);
  return (
    <span className="flex min-w-0 items-center gap-2">
      <span aria-hidden className="swatch size-2.5 shrink-0 rounded-xs" style={{ background: series.colour }} />
      <span className="truncate">{nameOf(series.part)}</span>
    </span>
  );
}
