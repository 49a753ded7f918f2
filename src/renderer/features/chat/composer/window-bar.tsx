import { useTranslation } from 'react-i18next';
import type { Quote, QuotePartKind } from '../../../../shared/contract/quote.ts';
import { cn } from '../../../lib/cn.ts';
import { useFormat } from '../../../lib/format.ts';

/** The parts of the request for the answer, which fill the model's window. The other parts are calls of their own. */
export const partColours: Partial<Record<QuotePartKind, string>> = {
  instructions: 'var(--chart-8)',
  summary: 'var(--chart-4)',
  history: 'var(--chart-1)',
  attachment: 'var(--chart-5)',
  passages: 'var(--chart-3)',
  text: 'var(--chart-2)',
  overhead: 'var(--chart-7)',
};

/** Room that is kept free for the answer, told apart from what is filled by more than its colour. */
const keptRoom = 'repeating-linear-gradient(135deg, var(--chart-8) 0 1px, transparent 1px 4px)';

/** The request against the model's window, part by part, and the room that is kept for its answer. */
export function WindowBar({ quote, className }: { quote: Quote; className?: string }) {
  const { parts, inputTokens, contextTokens, answerRoomTokens } = quote;
  const whole = Math.max(inputTokens, contextTokens);
  const widthOf = (tokens: number): string => `${(tokens / whole) * 100}%`;
  return (
    <span aria-hidden className={cn('flex overflow-hidden rounded-full bg-active', className)}>
      {parts.map(
        ({ kind, tokens }) =>
          partColours[kind] !== undefined && (
            <span key={kind} className="h-full shrink-0" style={{ width: widthOf(tokens), background: partColours[kind] }} />
          ),
      )}
      <span className="ml-auto h-full" style={{ width: widthOf(answerRoomTokens), backgroundImage: keptRoom }} />
    </span>
  );
}

/** The same in one line: the bar, and how much of the window the request takes; its tokens alone where nobody says how large that is. */
export function WindowShare({ quote }: { quote: Quote }) {
  const { t } = useTranslation('context');
  const format = useFormat();
  const { inputTokens, contextTokens, isContextAssumed } = quote;
  const share = inputTokens / contextTokens;
  if (isContextAssumed) {
    return <span className="shrink-0 tabular">{t('unknownWindow', { formatted: format.compactCount(inputTokens) })}</span>;
  }
  return (
    <span className="flex shrink-0 items-center gap-2">
      <WindowBar quote={quote} className="h-1.5 w-24 max-sm:w-14" />
      <span className={cn('tabular', share > 1 ? 'text-danger' : share > 0.8 && 'text-warn')}>
        {t('share', { percent: format.percent(share) })}
      </span>
    </span>
  );
}
