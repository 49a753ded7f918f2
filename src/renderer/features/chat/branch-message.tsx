import { useQuery } from '@tanstack/react-query';
import { memo } from 'react';
import type { Message } from '../../../shared/contract/chat.ts';
import type { BranchEntry } from '../../../shared/contract/conversations.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { queries } from '../../rpc/queries.ts';
import { Answer, type AnswerActions } from './answer.tsx';
import { Comparison } from './comparison.tsx';
import { estimateHeight } from './estimate-height.ts';
import type { ChangedQuestion } from './question-editor.tsx';
import { Question } from './question.tsx';

export interface BranchMessageProps extends AnswerActions {
  isBusy: boolean;
  documentCount: number;
  onEdit: (message: Message, changed: ChangedQuestion) => void;
}

/** A message of the open branch, read when it comes into view. Until it is there, its room is kept. Scrolling draws it only once. */
export const BranchMessage = memo(function BranchMessage({
  conversationId,
  entry,
  isLast,
  ...rest
}: BranchMessageProps & {
  conversationId: string;
  entry: BranchEntry;
  /** Nothing follows it. */
  isLast: boolean;
}) {
  const { data: message, error, refetch } = useQuery(queries.message(conversationId, entry.id));
  if (message && isLast && message.comparedIds.length > 1) return <Comparison message={message} {...rest} />;
  if (message) return message.role === 'user' ? <Question message={message} {...rest} /> : <Answer message={message} {...rest} />;
  if (error !== null) return <ErrorMessage failure={failureOf(error)} onRetry={() => void refetch()} />;
  return (
    <div style={{ height: estimateHeight(entry) }} aria-busy>
      <Skeleton className={entry.role === 'user' ? 'ml-auto h-10 w-1/2 rounded-2xl' : 'h-4 w-5/6'} />
    </div>
  );
});
