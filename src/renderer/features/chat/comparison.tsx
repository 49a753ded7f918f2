import { useQueries } from '@tanstack/react-query';
import { ArrowRight, CornerDownRight, Square } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/chat.ts';
import { Button } from '../../components/ui/button.tsx';
import { queries } from '../../rpc/queries.ts';
import { Answer, type AnswerActions } from './answer.tsx';

interface ComparisonProps extends AnswerActions {
  /** The one the next question follows. */
  message: Message;
  documentCount: number;
}

/** Answers to one question side by side, or below one another where there is no room, each with its own way on. */
export function Comparison({ message: leaf, ...rest }: ComparisonProps) {
  const { t } = useTranslation('branches');
  const answers = useQueries({
    queries: leaf.comparedIds.map((id) => queries.message(leaf.conversationId, id)),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });
  return (
    <section
      aria-label={t('comparison')}
      className="relative left-1/2 grid w-[min(76rem,calc(100cqw-3rem))] -translate-x-1/2 grid-cols-1 gap-4 @min-[900px]:grid-cols-2"
    >
      {answers.map((message) => (
        <Column key={message.id} message={message} isNext={message.id === leaf.id} {...rest} />
      ))}
    </section>
  );
}

interface ColumnProps extends ComparisonProps {
  isNext: boolean;
}

function Column({ message, isNext, ...rest }: ColumnProps) {
  const { t } = useTranslation(['branches', 'chat']);
  const { onStop, onContinue } = rest;
  const { runId } = message;
  const model = message.modelLabel ?? '';
  return (
    <div className="flex min-w-0 flex-col gap-3 rounded-xl border p-4">
      <header className="flex min-h-7 items-center justify-between gap-2 border-b pb-2">
        <span className="truncate font-medium">{model}</span>
        {message.status === 'streaming' && runId !== null && (
          <Button size="sm" variant="ghost" aria-label={t('stop', { model })} onClick={() => onStop(runId)}>
            <Square className="size-3 fill-current" aria-hidden />
            {t('chat:composer.stop')}
          </Button>
        )}
      </header>
      <div className="flex-1">
        {/* What can be done with one alone waits until it is the one. */}
        <Answer {...rest} message={message} isBusy />
      </div>
      <footer className="flex flex-wrap items-center justify-between gap-2 border-t pt-3 text-sm text-muted">
        <span className="flex items-center gap-1.5">
          {isNext && (
            <>
              <CornerDownRight className="size-3.5" aria-hidden />
              {t('isNext')}
            </>
          )}
        </span>
        <Button size="sm" disabled={message.status === 'streaming'} onClick={() => onContinue(message.id)}>
          {t('goOn')}
          <ArrowRight className="size-3.5" aria-hidden />
        </Button>
      </footer>
    </div>
  );
}
