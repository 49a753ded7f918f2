import { memo, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/chat.ts';
import { openInspector } from '../../navigation/inspector-store.ts';
import { useRun } from '../../runs/run-store.ts';
import { AnswerFooter, LiveFigures } from './answer-footer.tsx';
import { AnswerStage } from './answer-stage.tsx';
import { AnswerNotice, AnswerStatus } from './answer-status.tsx';
import type { AskedOtherwise } from './asked-otherwise.ts';
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

/** An answer: finished ones render once, the one being written follows its run. */
export const Answer = memo(function Answer(props: AnswerProps) {
  // Thoughts that were opened while they came stay open.
  const [isReasoningOpen, setIsReasoningOpen] = useState(false);
  const reasoning = { isOpen: isReasoningOpen, onToggle: () => setIsReasoningOpen((isOpen) => !isOpen) };
  const isLive = props.message.status === 'streaming';
  return isLive ? <LiveAnswer {...props} reasoning={reasoning} /> : <FinishedAnswer {...props} reasoning={reasoning} />;
});

interface DrawnAnswerProps extends AnswerProps {
  reasoning: { readonly isOpen: boolean; readonly onToggle: () => void };
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

function LiveAnswer({ message: stored, documentCount, reasoning }: DrawnAnswerProps) {
  const run = useRun(stored.runId);
  const message = run?.message ?? stored;
  const hasText = message.text !== '';
  return (
    <AnswerFrame message={message}>
      <Reasoning message={message} since={run?.reasoningSince ?? null} {...reasoning} />
      <div aria-busy className={hasText ? 'markdown-streaming' : undefined}>
        {hasText ? (
          <Markdown text={message.text} />
        ) : (
          message.reasoning === '' && (
            <AnswerStage stage={run?.stage ?? 'starting'} retryAt={run?.retryAt ?? null} message={message} documentCount={documentCount} />
          )
        )}
      </div>
      <AnswerNotice message={message} />
      {run?.live && <LiveFigures live={run.live} />}
    </AnswerFrame>
  );
}

function FinishedAnswer({ message, isBusy, reasoning, onRegenerate, onShowSibling, onRemove }: DrawnAnswerProps) {
  const { parentId } = message;
  const retry = isBusy || parentId === null ? undefined : (otherwise?: AskedOtherwise) => onRegenerate(parentId, otherwise);
  return (
    <AnswerFrame message={message}>
      <Reasoning message={message} since={null} {...reasoning} />
      {message.text !== '' && (
        <div>
          <Markdown text={message.text} />
        </div>
      )}
      <AnswerNotice message={message} />
      <AnswerStatus message={message} onRetry={retry} />
      <AnswerFooter message={message} onRegenerate={retry} onShowSibling={onShowSibling} onRemove={onRemove} />
    </AnswerFrame>
  );
}
