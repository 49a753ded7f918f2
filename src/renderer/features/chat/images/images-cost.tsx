import { useTranslation } from 'react-i18next';
import { addAmount, emptyTotal } from '../../../../shared/amount.ts';
import type { Quote } from '../../../../shared/contract/quote.ts';
import { AmountTotalText } from '../../../components/amount.tsx';
import { useFormat } from '../../../lib/format.ts';

/** What the images of a question add to its input, over every model that is asked. */
export function ImagesCost({ count, quotes }: { count: number; quotes: readonly Quote[] }) {
  const { t } = useTranslation('images');
  const format = useFormat();
  const parts = quotes.flatMap((quote) => quote.parts.filter(({ kind }) => kind === 'attachment'));
  if (parts.length === 0) return null;
  const tokens = parts.reduce((sum, part) => sum + part.tokens, 0);
  return (
    <output className="block pt-1.5 text-xs text-muted">
      {t('counted', { count, tokens: format.count(tokens) })} ·{' '}
      <AmountTotalText total={parts.reduce((total, { amount }) => addAmount(total, amount), emptyTotal)} />
    </output>
  );
}
