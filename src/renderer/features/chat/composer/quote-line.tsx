import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { addTotals } from '../../../../shared/amount.ts';
import type { Quote } from '../../../../shared/contract/quote.ts';
import { AmountText, AmountTotalText, RateText } from '../../../components/amount.tsx';
import { Popover } from '../../../components/ui/popover.tsx';
import { QuoteParts } from './quote-parts.tsx';
import { WindowShare } from './window-bar.tsx';

interface QuoteLineProps {
  /** null while it is not known. */
  quote: Quote | null;
  /** The one for the second model that is asked; null: there is none, or it is not known. */
  beside: Quote | null;
  /** Nothing is written: only what goes along is told. */
  isEmpty: boolean;
  imageCount: number;
  /** An answer is being written; what comes after it cannot be told yet. */
  isRunning: boolean;
}

/**
 * Under the composer: what sending this would cost, and how much of the model's window it takes. Not drawn again while someone
 * types: only when the quote comes.
 */
export const QuoteLine = memo(function QuoteLine(props: QuoteLineProps) {
  return (
    <div className="mt-1 flex h-6 items-center">
      <QuotedSend {...props} />
    </div>
  );
});

function QuotedSend({ quote, beside, isEmpty, imageCount, isRunning }: QuoteLineProps) {
  const { t } = useTranslation('quote');
  if (quote === null) return null;
  if (isEmpty && !quote.parts.some(({ kind }) => kind === 'history')) return null;
  return (
    <Popover
      label={t(isEmpty ? 'titleEmpty' : 'title')}
      side="top"
      align="end"
      className="w-[min(26rem,calc(100vw-1rem))] max-w-none"
      trigger={
        <button
          type="button"
          className="flex h-6 w-full items-center justify-between gap-3 rounded-md px-2 text-xs text-faint hover:bg-hover hover:text-muted"
        >
          <span className="truncate">{!isEmpty && !isRunning && <SendCost quote={quote} beside={beside} />}</span>
          <WindowShare quote={quote} />
        </button>
      }
    >
      <QuoteParts quote={quote} isEmpty={isEmpty} imageCount={imageCount} />
    </Popover>
  );
}

/** `beside`: the quote for the second model that is asked. */
function SendCost({ quote, beside }: { quote: Quote; beside: Quote | null }) {
  const { t } = useTranslation('quote');
  if (beside !== null) {
    return (
      <>
        {t('send')} <AmountTotalText total={addTotals(quote.total, beside.total)} className="text-muted" />
      </>
    );
  }
  return (
    <>
      {t('send')} <AmountTotalText total={quote.total} className="text-muted" />
      <AnswerCost quote={quote} />
    </>
  );
}

/** What comes on top: the most the answer can cost where it has a limit, else its rate. */
function AnswerCost({ quote: { answerLimit, outputPerMillion } }: { quote: Quote }) {
  const { t } = useTranslation('quote');
  if (answerLimit === null && outputPerMillion === null) return null;
  return (
    <span className="max-sm:sr-only">
      {' · '}
      {answerLimit === null ? t('thenAnswer') : t('answerUpTo')}{' '}
      {answerLimit === null ? <RateText usdPerMillion={outputPerMillion} /> : <AmountText amount={answerLimit.amount} />}
    </span>
  );
}
