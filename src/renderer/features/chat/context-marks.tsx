import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BranchContext } from '../../../shared/contract/context.ts';
import { cn } from '../../lib/cn.ts';
import { useFormat } from '../../lib/format.ts';
import { SummaryMark } from './summary-mark.tsx';
import { useUnchosen } from './use-unchosen.ts';

interface ContextMarksProps {
  context: BranchContext | undefined;
  messageId: string;
  /** Nothing follows it. */
  isLast: boolean;
  children: ReactNode;
}

/**
 * A message, with a quiet line above the first one that goes along where older ones do not, or under the last where none does, one under
 * the last of a summary, and one under each whose images the model does not see.
 */
export function ContextMarks({ context, messageId, isLast, children }: ContextMarksProps) {
  const { t } = useTranslation('context');
  const leftOut = useLeftOut(context);
  return (
    <>
      {context?.firstMessageId === messageId && leftOut !== '' && <MarkLine>{leftOut}</MarkLine>}
      {children}
      {context?.unseenImagesOf.includes(messageId) === true && <MarkLine below>{t('unseenImages')}</MarkLine>}
      {isLast && context?.firstMessageId === null && leftOut !== '' && <MarkLine below>{leftOut}</MarkLine>}
      {context?.summary?.messageId === messageId && (
        <MarkLine below>
          <SummaryMark summary={context.summary} />
        </MarkLine>
      )}
    </>
  );
}

/** What is said of messages that are left out, and why; nothing where none is. */
function useLeftOut(context: BranchContext | undefined): string {
  const { t } = useTranslation('context');
  const format = useFormat();
  const unchosen = useUnchosen(context);
  const dropped = context?.droppedTurnCount ?? 0;
  const unfit = dropped > 0 ? t('leftOut', { count: dropped, formatted: format.count(dropped) }) : null;
  return [unchosen, unfit].filter((sentence) => sentence !== null).join(' ');
}

/** A line across the conversation with a few words in it. */
function MarkLine({ children, below = false }: { children: ReactNode; below?: boolean }) {
  return (
    <div role="note" className={cn(below ? 'mt-4' : 'mb-4', 'flex items-center gap-3 text-xs text-muted')}>
      <span aria-hidden className="h-px min-w-4 flex-1 bg-line" />
      <span className="text-center text-pretty">{children}</span>
      <span aria-hidden className="h-px min-w-4 flex-1 bg-line" />
    </div>
  );
}
