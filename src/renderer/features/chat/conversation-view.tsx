import { useQueries, useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { Message } from '../../../shared/contract/chat.ts';
import type { BranchEntry } from '../../../shared/contract/conversations.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { useLatest } from '../../lib/use-latest.ts';
import { offerToInspector } from '../../navigation/inspector-store.ts';
import { goTo } from '../../navigation/place.ts';
import { rpc } from '../../rpc/connection.ts';
import { queries } from '../../rpc/queries.ts';
import { queryClient } from '../../rpc/query-client.ts';
import { refreshConversation } from '../../rpc/refresh-conversation.ts';
import { useFollowRun } from '../../runs/follow-run.ts';
import { ChatArea } from './chat-area.tsx';
import { ChatHeader } from './chat-header.tsx';
import { choose, forgetChoice } from './choice-store.ts';
import { startEditing } from './editing-store.ts';
import type { AskedOtherwise } from './asked-otherwise.ts';
import { FindBar } from './find/find-bar.tsx';
import type { ChangedQuestion } from './question-editor.tsx';
import { MessageList } from './message-list.tsx';
import { SummaryStrip } from './summary-strip.tsx';
import { useBranchContext } from './use-branch-context.ts';
import { useChatChoices, type ChatChoices } from './use-chat-choices.ts';
import { reportRefusedSend } from './report-refused-send.ts';
import { useSend, type AskedQuestion } from './use-send.ts';

/** How long a removal can be taken back from its notice. */
const undoMs = 10_000;
const noBranch: readonly BranchEntry[] = [];

interface ConversationViewProps {
  conversationId: string;
  /** A message to jump to. */
  messageId: string | null;
}

/** A conversation: its messages, the answer being written, and the composer. */
export function ConversationView({ conversationId, messageId }: ConversationViewProps) {
  const { t } = useTranslation('chat');
  const opened = useQuery(queries.conversation(conversationId));
  const conversation = opened.data?.conversation ?? null;
  const branch = opened.data?.branch ?? noBranch;
  const leafId = branch.at(-1)?.id ?? null;
  const known = useChatChoices(conversationId, conversation);
  // The next question follows the last message, so that has to be the last one there is.
  const choices = { ...known, isReady: known.isReady && !opened.isFetching };
  // Nothing can follow an answer that is still being written, so it is the last one.
  const { data: leaf = null } = useQuery({ ...queries.message(conversationId, leafId ?? ''), enabled: leafId !== null });
  const compared = useQueries({
    queries: leaf?.comparedIds.map((id) => queries.message(conversationId, id)) ?? [],
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });
  const runIds = runIdsOf(compared.length > 0 ? compared : leaf === null ? [] : [leaf]);
  const isRunning = runIds.length > 0;
  const context = useBranchContext({ conversationId, leafId, choices: known, isRunning });

  useEffect(() => {
    if (!opened.isSuccess) return;
    offerToInspector(
      conversationId,
      branch.filter(({ role }) => role === 'assistant').map(({ id }) => id),
    );
  }, [conversationId, branch, opened.isSuccess]);
  const actions = useAnswerActions(conversationId, choices);
  const handleTargetShown = useJump(messageId, conversationId, opened.isSuccess ? branch : null);

  if (opened.isError) {
    const isGone = failureOf(opened.error).code === 'NOT_FOUND';
    return (
      <div className="mx-auto max-w-xl p-6">
        <ErrorMessage
          failure={failureOf(opened.error)}
          onRetry={() => void opened.refetch()}
          action={
            isGone ? (
              <Button size="sm" onClick={() => goTo({ name: 'chat', conversationId: null, messageId: null })}>
                {t('conversation.new')}
              </Button>
            ) : undefined
          }
        />
      </div>
    );
  }
  return (
    <>
      {runIds.map((runId) => (
        <FollowRun key={runId} runId={runId} conversationId={conversationId} />
      ))}
      {conversation === null ? (
        <div className="h-12 shrink-0 border-b" />
      ) : (
        <ChatHeader conversation={conversation} branchTotal={opened.data?.branchTotal ?? null} />
      )}
      <div className="min-h-0 flex-1">
        <ChatArea
          choices={choices}
          isRunning={isRunning}
          parentId={leafId}
          onSend={(asked) => actions.send(leafId, asked)}
          onStop={() => runIds.forEach(actions.stop)}
          onEditLast={() => editLast(conversationId, branch)}
        >
          {conversation !== null && <FindBar conversationId={conversationId} branch={branch} isJumping={messageId !== null} />}
          {conversation === null ? (
            <LoadingMessages />
          ) : (
            <MessageList
              conversationId={conversationId}
              branch={branch}
              context={context}
              isBusy={isRunning}
              documentCount={choices.documentCount}
              targetId={messageId}
              onTargetShown={handleTargetShown}
              onRegenerate={actions.regenerate}
              onShowSibling={actions.showSibling}
              onEdit={actions.edit}
              onRemove={actions.remove}
              onStop={actions.stop}
              onContinue={actions.continueWith}
            />
          )}
          {context !== undefined && leafId !== null && known.model !== null && !isRunning && (
            <SummaryStrip conversationId={conversationId} leafId={leafId} model={known.model} context={context} />
          )}
        </ChatArea>
      </div>
    </>
  );
}

/** Opens the last question for a change, and goes to it. */
function editLast(conversationId: string, branch: readonly BranchEntry[]): void {
  const last = branch.findLast(({ role }) => role === 'user');
  if (last === undefined) return;
  startEditing(last.id);
  goTo({ name: 'chat', conversationId, messageId: last.id }, { replace: true });
}

/** Follows a run while it is there. */
function FollowRun({ runId, conversationId }: { runId: string; conversationId: string }) {
  useFollowRun(runId, conversationId);
  return null;
}

function runIdsOf(answers: readonly Message[]): string[] {
  return answers.flatMap(({ status, runId }) => (status === 'streaming' && runId !== null ? [runId] : []));
}

function LoadingMessages() {
  return (
    <div className="mx-auto flex w-full max-w-[42rem] flex-1 flex-col gap-6 px-6 pt-6">
      <Skeleton className="h-10 w-1/2 self-end rounded-2xl" />
      <Skeleton className="h-4 w-full" />
      <Skeleton className="h-4 w-5/6" />
      <Skeleton className="h-4 w-2/3" />
    </div>
  );
}

/** What can be done in a conversation. The functions keep their identity, so that finished messages are not drawn again. */
function useAnswerActions(conversationId: string, choices: ChatChoices) {
  const sentence = useErrorSentence();
  const send = useSend(choices);
  const { t } = useTranslation(['branches', 'common', 'budgets']);
  const texts = { removed: t('removed'), undo: t('common:undo'), sendOnce: t('budgets:strip.sendOnce') };
  const latest = useLatest({ choices, send, sentence, texts });

  return useMemo(() => {
    const refresh = () => refreshConversation(queryClient, conversationId);
    const report = (error: unknown) => {
      const { title, help } = latest.current.sentence(failureOf(error));
      toast.error(title, { description: help });
    };
    const reportRefused = (error: unknown, again: (passBudgetId: string) => void) =>
      reportRefusedSend(error, { sentence: latest.current.sentence, sendOnce: latest.current.texts.sendOnce }, again);
    const edit = ({ parentId, scope }: Pick<Message, 'parentId' | 'scope'>, changed: ChangedQuestion, passBudgetId: string | null): void =>
      void ask(parentId, { ...changed, scope, passBudgetId }).catch((error: unknown) =>
        reportRefused(error, (id) => edit({ parentId, scope }, changed, id)),
      );
    async function ask(parentId: string | null, asked: AskedQuestion): Promise<void> {
      await latest.current.send({ conversationId, parentId, ...asked });
      forgetChoice(conversationId);
      await refresh();
    }
    return {
      send: ask,
      edit: (question: Message, changed: ChangedQuestion) => edit(question, changed, null),
      regenerate: (userMessageId: string, otherwise: AskedOtherwise = {}) => {
        const { collectionIds, systemPrompt, ...chosen } = latest.current.choices;
        const model = otherwise.model ?? chosen.model;
        if (model === null) return report(undefined);
        const parameters = otherwise.without === undefined ? chosen.parameters : { ...chosen.parameters, [otherwise.without]: null };
        const { besideAnswerId = null } = otherwise;
        if (otherwise.without !== undefined) choose(conversationId, { parameters });
        const again = (passBudgetId: string | null): void =>
          void rpc
            .call('chat.regenerate', { userMessageId, besideAnswerId, model, collectionIds, parameters, systemPrompt, passBudgetId })
            .then(refresh)
            .catch((error: unknown) => reportRefused(error, again));
        again(null);
      },
      remove: ({ id: messageId }: Message) => {
        const restore = () => void rpc.call('conversations.restoreMessage', { messageId }).then(refresh).catch(report);
        rpc
          .call('conversations.removeMessage', { messageId })
          .then(() => {
            const { removed, undo } = latest.current.texts;
            toast(removed, { duration: undoMs, action: { label: undo, onClick: restore } });
            return refresh();
          })
          .catch(report);
      },
      continueWith: (messageId: string) => void rpc.call('conversations.continueWith', { messageId }).then(refresh).catch(report),
      showSibling: (messageId: string) => void rpc.call('conversations.showBranch', { messageId }).then(refresh).catch(report),
      stop: (runId: string) => void rpc.call('chat.stop', { runId }).catch(report),
    };
  }, [conversationId, latest]);
}

/** Brings the branch that holds a message to the front; the list jumps to it once it is there. */
function useJump(messageId: string | null, conversationId: string, branch: readonly BranchEntry[] | null) {
  const isMissing = messageId !== null && branch !== null && !branch.some(({ id }) => id === messageId);
  useEffect(() => {
    if (!isMissing) return;
    rpc
      .call('conversations.showBranch', { messageId })
      .then(() => refreshConversation(queryClient, conversationId))
      // The message is gone: the conversation is shown as it is.
      .catch(() => undefined);
  }, [isMissing, messageId, conversationId]);
  // The address without the message: a reload should not jump again.
  return useCallback(() => goTo({ name: 'chat', conversationId, messageId: null }, { replace: true }), [conversationId]);
}
