import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BranchContext } from '../../../shared/contract/context.ts';
import { cn } from '../../lib/cn.ts';
import { useFormat } from '../../lib/format.ts';
import { SummaryMark } from './summary-mark.tsx';

interface ContextMarksProps {
  context: BranchContext | undefined;
  messageId: string;
  children: ReactNode;
}

/** A message, with a quiet line above the first one that goes along where older ones do not, and one under the last of a summary. */
export function ContextMarks({ context, messageId, children }: ContextMarksProps) {
  const { t } = useTranslation('context');
  const format = useFormat();
  const leftOutCount = context?.firstMessageId === messageId ? context.droppedTurnCount : 0;
  return (
    <>
      {leftOutCount > 0 && <MarkLine>{t('leftOut', { count: leftOutCount, formatted: format.count(leftOutCount) })}</MarkLine>}
      {children}
      {context?.summary?.messageId === messageId && (
        <MarkLine below>
          <SummaryMark summary={context.summary} />
        </MarkLine>
      )}
    </>
  );
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
