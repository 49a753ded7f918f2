import { useTranslation } from 'react-i18next';
import type { ModelPrice } from '../../../../shared/contract/prices.ts';
import { bareRateText } from '../../../components/amount-text.ts';
import { useFormat } from '../../../lib/format.ts';
import { useToday } from '../../../lib/use-today.ts';

/** Where a price comes from and since when, in words. */
export function usePriceSource(): (price: Pick<ModelPrice, 'source' | 'version' | 'since'>) => string {
  const { t } = useTranslation('prices');
  const format = useFormat();
  const today = useToday();
  return ({ source, version, since }) => {
    const day = (value: string) => format.day(value, today);
    if (source === 'own') return t('source.own', { day: day(version) });
    const isDated = /^\d{4}-\d{2}-\d{2}$/.test(version);
    const list = isDated
      ? t(source === 'tally' ? 'source.tally' : 'source.updated', { day: day(version) })
      : t('source.builtIn', { version });
    return since === null ? list : `${list} · ${t('source.since', { day: day(since) })}`;
  };
}

/** What the four rates of a price leave unsaid: long prompts, sound and images, tiers, surcharges. Empty where there is nothing. */
export function usePriceWords(): (price: ModelPrice) => string[] {
  const { t, i18n } = useTranslation('prices');
  const common = useTranslation('common').t;
  const format = useFormat();
  return ({ steps, otherRates, serviceTiers, multiplier, variesByTime, isAssumed }) => {
    const rate = (usd: number) => bareRateText(usd, i18n.language, common);
    return [
      ...steps.map(({ fromTokens, rates: { inputPerMillion, outputPerMillion } }) => {
        const [tokens, input] = [format.count(fromTokens), rate(inputPerMillion)];
        return outputPerMillion === null
          ? t('words.stepInput', { tokens, input })
          : t('words.step', { tokens, input, output: rate(outputPerMillion) });
      }),
      ...otherRates.map(({ of, usdPerMillion }) => t(`words.${of}`, { rate: rate(usdPerMillion) })),
      ...serviceTiers.map(({ names, multiplier: factor }) =>
        factor === null
          ? t('words.tierOwn', { names: names.join(', ') })
          : t('words.tier', { names: names.join(', '), factor: format.count(factor) }),
      ),
      ...(multiplier === 1 ? [] : [t('words.region', { factor: format.count(multiplier) })]),
      ...(variesByTime ? [t('words.varies')] : []),
      ...(isAssumed ? [t('words.assumed')] : []),
    ];
  };
}
