import { memo, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/chat.ts';
import { openInspector } from '../../navigation/inspector-store.ts';
import { useRun } from '../../runs/run-store.ts';
import { AnswerFooter, LiveFigures } from './answer-footer.tsx';
import { AnswerStage } from './answer-stage.tsx';
import { AnswerNotice, AnswerStatus } from './answer-status.tsx';
import type { AskedOtherwise } from './asked-otherwise.ts';
import { useCurrentMatch } from './find/find-store.ts';
import { CitationContext } from './markdown/citation-context.ts';
import { Markdown } from './markdown/markdown.tsx';
import { Reasoning } from './reasoning.tsx';

export interface AnswerActions {
  readonly onRegenerate: (userMessageId: string, otherwise?: AskedOtherwise) => void;
  readonly onShowSibling: (messageId: string) => void;
  readonly onRemove: (message: Message) => void;
  readonly onStop: (runId: string) => void;
  /** Ends a comparison with this answer. */
  readonly onContinue: (messageId: string) => void;
}

interface AnswerProps extends AnswerActions {
  message: Message;
  /** Another answer is being written: this one cannot be asked for again now. */
  isBusy: boolean;
  documentCount: number;
}

/**
 * An answer, while it is written and after. The text keeps its place when the writing ends, so that none of it is read and
 * drawn a second time.
 */
export const Answer = memo(function Answer({ message: stored, isBusy, documentCount, ...actions }: AnswerProps) {
  // Thoughts that were opened while they came stay open.
  const [isReasoningOpen, setIsReasoningOpen] = useState(false);
  const isLive = stored.status === 'streaming';
  const run = useRun(isLive ? stored.runId : null);
  const message = run?.message ?? stored;
  const hasText = message.text !== '';
  const isFound = useCurrentMatch(({ messageId }) => messageId === message.id);
  const isWaiting = isLive && !hasText && message.reasoning === '';
  return (
    <AnswerFrame message={message}>
      <Reasoning
        message={message}
        since={run?.reasoningSince ?? null}
        isOpen={isReasoningOpen}
        onToggle={() => setIsReasoningOpen((isOpen) => !isOpen)}
      />
      {hasText && (
        <div aria-busy={isLive || undefined} className={isLive ? 'markdown-streaming' : undefined}>
          <Markdown text={message.text} isWhole={isFound} />
        </div>
      )}
      {isWaiting && (
        <div aria-busy>
          <AnswerStage stage={run?.stage ?? 'starting'} retryAt={run?.retryAt ?? null} message={message} documentCount={documentCount} />
        </div>
      )}
      <AnswerNotice message={message} />
      {isLive ? run?.live && <LiveFigures live={run.live} /> : <AnswerEnd message={message} isBusy={isBusy} {...actions} />}
    </AnswerFrame>
  );
});

/** Under an answer that is over: how it ended, what it cost, and what can be done with it. */
function AnswerEnd({ message, isBusy, onRegenerate, onShowSibling, onRemove }: AnswerActions & { message: Message; isBusy: boolean }) {
  const { parentId } = message;
  const retry = isBusy || parentId === null ? undefined : (otherwise?: AskedOtherwise) => onRegenerate(parentId, otherwise);
  return (
    <>
      <AnswerStatus message={message} onRetry={retry} />
      <AnswerFooter message={message} onRegenerate={retry} onShowSibling={onShowSibling} onRemove={onRemove} />
    </>
  );
}

function AnswerFrame({ message, children }: { message: Message; children: ReactNode }) {
  const { t } = useTranslation('chat');
  const citations = useMemo(() => {
    const subject = { conversationId: message.conversationId, messageId: message.id };
    return { sources: message.sources, onOpen: (ordinal: number) => openInspector(subject, 'sources', ordinal) };
  }, [message.conversationId, message.id, message.sources]);
  return (
    <article aria-label={t('answer.name')} className="flex flex-col gap-2.5">
      <h2 className="sr-only">{t('answer.name')}</h2>
      <CitationContext value={citations}>{children}</CitationContext>
    </article>
  );
}
