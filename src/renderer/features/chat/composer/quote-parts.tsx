import { useTranslation } from 'react-i18next';
import { markOfTotal } from '../../../../shared/amount.ts';
import type { Quote, QuotePart, QuotePartKind } from '../../../../shared/contract/quote.ts';
import { AmountText, AmountTotalText } from '../../../components/amount.tsx';
import { useFormat } from '../../../lib/format.ts';

/** The parts of the request for the answer, which fill the model's window. The other parts are calls of their own. */
const colours: Partial<Record<QuotePartKind, string>> = {
  instructions: 'var(--chart-8)',
  history: 'var(--chart-1)',
  passages: 'var(--chart-3)',
  text: 'var(--chart-2)',
  overhead: 'var(--chart-7)',
};

/** What a send is made of: each part's tokens, money and share, and what was left out or had to be assumed. */
export function QuoteParts({ quote, isEmpty }: { quote: Quote; isEmpty: boolean }) {
  const { t } = useTranslation('quote');
  const format = useFormat();
  const { parts, inputTokens, contextTokens } = quote;
  return (
    <div className="flex flex-col gap-2.5 text-sm">
      <div>
        <h3 className="font-medium">{t(isEmpty ? 'titleEmpty' : 'title')}</h3>
        <p className="tabular text-muted">{t('ofWindow', { used: format.count(inputTokens), formatted: format.count(contextTokens) })}</p>
      </div>
      <div aria-hidden className="flex h-1.5 overflow-hidden rounded-full bg-active">
        {parts.map(
          ({ kind, tokens }) =>
            colours[kind] !== undefined && (
              <span
                key={kind}
                className="h-full shrink-0"
                style={{ width: `${(tokens / Math.max(inputTokens, contextTokens)) * 100}%`, background: colours[kind] }}
              />
            ),
        )}
      </div>
      <PartsTable quote={quote} isEmpty={isEmpty} />
      <Notes quote={quote} isEmpty={isEmpty} />
    </div>
  );
}

function PartsTable({ quote, isEmpty }: { quote: Quote; isEmpty: boolean }) {
  const { t } = useTranslation('quote');
  const format = useFormat();
  const { parts, total, answerLimit } = quote;
  const tokenCount = parts.reduce((sum, { tokens }) => sum + tokens, 0);
  return (
    <table className="w-full tabular">
      <thead className="text-xs text-faint">
        <tr>
          <th scope="col" className="pb-1 text-left font-normal">
            {t('part')}
          </th>
          <th scope="col" className="pb-1 text-right font-normal">
            {t('tokens')}
          </th>
          <th scope="col" className="pb-1 pl-3 text-right font-normal">
            {t('share')}
          </th>
          <th scope="col" className="pb-1 pl-3 text-right font-normal">
            {t('cost')}
          </th>
        </tr>
      </thead>
      <tbody>
        {parts.map((part) => (
          <tr key={part.kind} className="last:*:pb-1">
            <th scope="row" className="flex items-center gap-2 py-0.5 text-left font-normal text-muted">
              <span
                aria-hidden
                className="size-2 shrink-0 rounded-xs border border-line-strong/50"
                style={colours[part.kind] === undefined ? undefined : { background: colours[part.kind], borderColor: 'transparent' }}
              />
              {t(`kind.${part.kind}`)}
            </th>
            <td className="text-right">{format.count(part.tokens)}</td>
            <td className="pl-3 text-right text-faint">{format.percent(shareOf(part, quote, tokenCount))}</td>
            <td className="pl-3 text-right">
              <AmountText amount={part.amount} />
            </td>
          </tr>
        ))}
      </tbody>
      {!isEmpty && (
        <tfoot>
          <tr className="border-t">
            <th scope="row" className="pt-1 text-left font-medium">
              {t('total')}
            </th>
            <td className="pt-1 text-right font-medium">{format.count(tokenCount)}</td>
            <td className="pt-1 pl-3 text-right font-medium" colSpan={2}>
              <AmountTotalText total={total} />
            </td>
          </tr>
          {answerLimit !== null && (
            <tr>
              <th scope="row" className="pt-1 text-left font-normal text-muted">
                {t('answerLimit')}
              </th>
              <td className="pt-1 text-right">{format.count(answerLimit.tokens)}</td>
              <td className="pt-1 pl-3 text-right" colSpan={2}>
                <AmountText amount={answerLimit.amount} />
              </td>
            </tr>
          )}
        </tfoot>
      )}
    </table>
  );
}

/** A part's share of the money; of the tokens where there is none, or not all of it is known. */
function shareOf({ amount, tokens }: QuotePart, { total }: Quote, tokenCount: number): number {
  const isPriced = total.costNanos > 0 && total.noPriceCount === 0;
  return isPriced ? ('costNanos' in amount ? amount.costNanos : 0) / total.costNanos : tokens / tokenCount;
}

function Notes({ quote, isEmpty }: { quote: Quote; isEmpty: boolean }) {
  const { t } = useTranslation('quote');
  const format = useFormat();
  const { droppedTurnCount, inputTokens, contextTokens, parts, total } = quote;
  const isMoney = markOfTotal(total) === 'about' || markOfTotal(total) === 'at_least';
  const notes = [
    inputTokens > contextTokens && t('note.tooLong'),
    droppedTurnCount > 0 && t('note.dropped', { count: droppedTurnCount, formatted: format.count(droppedTurnCount) }),
    quote.searchDiffers && t('note.searchDiffers'),
    isMoney && parts.some(({ kind }) => kind === 'title') && t('note.title'),
    quote.isContextAssumed && t('note.windowAssumed', { formatted: format.count(contextTokens) }),
    quote.isPriceAssumed && t('note.priceAssumed'),
    isMoney && !isEmpty && t(quote.isCalibrated ? 'note.calibrated' : 'note.counted'),
  ].filter((note) => note !== false);
  if (notes.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 border-t pt-2 text-xs text-pretty text-muted">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
