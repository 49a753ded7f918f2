import { useTranslation } from 'react-i18next';
import { markOfTotal } from '../../../../shared/amount.ts';
import type { Quote, QuotePart } from '../../../../shared/contract/quote.ts';
import { AmountText, AmountTotalText } from '../../../components/amount.tsx';
import { useFormat } from '../../../lib/format.ts';
import { useUnchosen } from '../use-unchosen.ts';
import { partColours, WindowBar } from './window-bar.tsx';

interface QuotePartsProps {
  quote: Quote;
  isEmpty: boolean;
  imageCount: number;
}

/** What a send is made of: each part's tokens, money and share, and what was left out or had to be assumed. */
export function QuoteParts({ quote, isEmpty, imageCount }: QuotePartsProps) {
  const { t } = useTranslation(['quote', 'context']);
  const format = useFormat();
  const { inputTokens, contextTokens, isContextAssumed } = quote;
  const used = format.count(inputTokens);
  return (
    <div className="flex flex-col gap-2.5 text-sm">
      <div>
        <h3 className="font-medium">{t(isEmpty ? 'titleEmpty' : 'title')}</h3>
        <p className="tabular text-muted">
          {isContextAssumed
            ? t('context:usedTokens', { formatted: used })
            : t('ofWindow', { used, formatted: format.count(contextTokens) })}
        </p>
      </div>
      {!isContextAssumed && <WindowBar quote={quote} className="h-1.5" />}
      <PartsTable quote={quote} isEmpty={isEmpty} imageCount={imageCount} />
      <Notes quote={quote} isEmpty={isEmpty} />
    </div>
  );
}

function PartsTable({ quote, isEmpty, imageCount }: QuotePartsProps) {
  const { t } = useTranslation(['quote', 'context']);
  const format = useFormat();
  const { parts, total, answerLimit, inputTokens, contextTokens, isContextAssumed } = quote;
  const roomTokens = contextTokens - inputTokens;
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
                style={
                  partColours[part.kind] === undefined ? undefined : { background: partColours[part.kind], borderColor: 'transparent' }
                }
              />
              {t(`kind.${part.kind}`, { count: imageCount })}
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
          {answerLimit === null && !isContextAssumed && roomTokens > 0 && (
            <tr>
              <th scope="row" className="pt-1 text-left font-normal text-muted">
                {t('context:room')}
              </th>
              <td className="pt-1 text-right">{format.count(roomTokens)}</td>
              <td className="pt-1 pl-3 text-right text-faint" colSpan={2}>
                {t('context:share', { percent: format.percent(roomTokens / contextTokens) })}
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
  const { droppedTurnCount, answerRoomTokens, inputTokens, contextTokens, parts, total } = quote;
  const unchosen = useUnchosen(quote);
  const isMoney = markOfTotal(total) === 'about' || markOfTotal(total) === 'at_least';
  const notes = [
    inputTokens > contextTokens && t('note.tooLong'),
    unchosen,
    droppedTurnCount > 0 &&
      t('note.dropped', { count: droppedTurnCount, formatted: format.count(droppedTurnCount), room: format.count(answerRoomTokens) }),
    quote.searchDiffers && t('note.searchDiffers'),
    isMoney && parts.some(({ kind }) => kind === 'title') && t('note.title'),
    quote.isContextAssumed && t('note.windowAssumed', { formatted: format.count(contextTokens) }),
    quote.isPriceAssumed && t('note.priceAssumed'),
    isMoney && !isEmpty && t(quote.isCalibrated ? 'note.calibrated' : 'note.counted'),
  ].filter((note) => typeof note === 'string');
  if (notes.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1 border-t pt-2 text-xs text-pretty text-muted">
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
