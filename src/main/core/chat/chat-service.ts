import type { RunUpdate } from '../../../shared/contract/chat.ts';
import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor, ParsedInputOf } from '../../../shared/rpc/define.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { inTransaction } from '../db/database.ts';
import type { BranchStore } from '../conversations/branch-store.ts';
import type { ImageStore } from '../conversations/image-store.ts';
import type { MessageRow } from '../conversations/message-store.ts';
import type { BranchHistory } from './branch-history.ts';
import { executeRun, type AskedWith, type RunDeps } from './execute-run.ts';
import { createLiveRun, type LiveRun } from './live-run.ts';
import { titleConversation, titleFromText, type TitleRequest } from './title-conversation.ts';

type Handlers = HandlersFor<AppContract>;
type Started = { runId: string; conversationId: string; userMessageId: string; answerId: string };

export interface ChatServiceDeps extends RunDeps {
  readonly images: ImageStore;
  readonly history: BranchHistory;
  readonly branches: BranchStore;
  readonly newId: () => string;
  /** Whether a new conversation gets its title from a model. */
  readonly titlesByModel: () => boolean;
}

/** Starts, follows and stops runs. A run belongs to the core: losing a window never loses an answer or its cost. */
export interface ChatService {
  send(input: Omit<ParsedInputOf<AppContract['chat.send']>, 'passBudgetId' | 'compareWith'>): Started;
  regenerate(input: Omit<ParsedInputOf<AppContract['chat.regenerate']>, 'passBudgetId'>): Started;
  stop: Handlers['chat.stop'];
  watch: Handlers['chat.watch'];
  activeRunOf(conversationId: string): string | null;
  /** Stops the runs of a conversation and the finding of its title, and waits until they are settled. */
  stopRunsOf(conversationId: string): Promise<void>;
  /** Stops every run, waits until each is settled, and starts no more. */
  close(): Promise<void>;
}

interface ActiveRun {
  readonly run: LiveRun;
  readonly stopping: AbortController;
  readonly done: Promise<void>;
}

/** Creates the service. `deps.messages` must have no message left streaming from an earlier process. */
export function createChatService(deps: ChatServiceDeps): ChatService {
  const active = new Map<string, ActiveRun>();
  const titling = new Map<Promise<void>, { readonly conversationId: string; readonly stopping: AbortController }>();
  const closing = new AbortController();

  function begin(question: MessageRow, asked: AskedWith, isFirst: boolean, beside: string | null = null): Started {
    const runId = deps.newId();
    const answerId = deps.newId();
    const { conversationId } = question;
    const { model } = asked;
    deps.messages.insertAnswer({
      id: answerId,
      conversationId,
      parentId: question.id,
      runId,
      model,
      modelLabel: model.modelId,
      createdAt: deps.now(),
    });
    if (beside !== null) deps.branches.compare(deps.newId(), beside, answerId);
    const isBesideOpen = beside !== null && deps.conversations.get(conversationId)?.leafMessageId === beside;
    const progress = isBesideOpen ? {} : { leafMessageId: answerId, ...(beside === null && asked) };
    deps.conversations.touch(conversationId, { ...progress, updatedAt: deps.now() });
    // The run starts after the transaction around this call has been committed.
    queueMicrotask(() => launch(question, asked, { runId, answerId, isFirst }));
    return { runId, conversationId, userMessageId: question.id, answerId };
  }

  function launch(question: MessageRow, asked: AskedWith, start: { runId: string; answerId: string; isFirst: boolean }): void {
    const { runId, answerId } = start;
    const [placeholder] = deps.reader.read([answerId]);
    if (placeholder === undefined) return;
    const run = createLiveRun(placeholder, runId);
    const stopping = new AbortController();
    const { conversationId, text, scope } = question;
    const request = {
      runId,
      conversationId,
      answerId,
      question: text,
      images: deps.images.ofMessages([question.id]).get(question.id) ?? [],
      scope,
      ...asked,
      branch: deps.history.branchTo(question.parentId),
    };
    const finish = async (): Promise<void> => {
      const verdict = await executeRun(deps, request, run, stopping.signal);
      active.delete(runId);
      if (verdict.status === 'done' && start.isFirst && deps.titlesByModel()) {
        findTitle({ ...request, answer: run.state().text });
      }
    };
    active.set(runId, { run, stopping, done: finish() });
    deps.events.emit({ type: 'conversation.changed', conversationId });
  }

  function findTitle(request: TitleRequest): void {
    const stopping = new AbortController();
    if (closing.signal.aborted) stopping.abort();
    const work = titleConversation(deps, request, stopping.signal);
    titling.set(work, { conversationId: request.conversationId, stopping });
    void work.finally(() => titling.delete(work));
  }

  /** Ends what is being asked for those conversations; resolves when it is settled. */
  async function stopWhere(isMeant: (conversationId: string) => boolean): Promise<void> {
    const runs = [...active.values()].filter(({ run }) => isMeant(run.conversationId));
    for (const { stopping } of runs) stopping.abort();
    await Promise.all(runs.map(({ done }) => done));
    const titles = [...titling].filter(([, { conversationId }]) => isMeant(conversationId));
    for (const [, { stopping }] of titles) stopping.abort();
    await Promise.all(titles.map(([work]) => work));
  }

  /** The run that already answers this message, for a send that is repeated after a lost connection. */
  function startedBefore(messageId: string): Started | null {
    const question = deps.messages.row(messageId);
    const answer = deps.messages.answersTo(messageId)[0];
    if (question === undefined || answer === undefined || answer.runId === null) return null;
    return { runId: answer.runId, conversationId: question.conversationId, userMessageId: messageId, answerId: answer.id };
  }

  return {
    send({ messageId, conversationId, parentId, text, images, model, collectionIds, scope, parameters, systemPrompt, assistantId }) {
      const before = startedBefore(messageId);
      if (before !== null) return before;
      if (closing.signal.aborted) throw new AppError('CANCELLED');
      return inTransaction(deps.db, () => {
        const createdAt = deps.now();
        const id = conversationId ?? deps.newId();
        if (conversationId === null) {
          const title = titleFromText(text === '' ? (images[0]?.name ?? '') : text);
          deps.conversations.insert({ id, title, titleBy: 'text', model, collectionIds, assistantId, createdAt });
        } else deps.history.requireParent(conversationId, parentId);
        deps.messages.insertUser({ id: messageId, conversationId: id, parentId, text, scope, createdAt });
        deps.images.attach(messageId, images);
        const asked = { model, collectionIds, parameters, systemPrompt };
        return begin(requireRow(deps.messages.row(messageId)), asked, conversationId === null);
      });
    },
    regenerate({ userMessageId, besideAnswerId, ...asked }) {
      const question = deps.messages.row(userMessageId);
      if (question?.role !== 'user' || question.removedWith !== null) throw new AppError('NOT_FOUND', 'No such question.');
      const answered = deps.messages.answersTo(userMessageId);
      if (besideAnswerId !== null) {
        if (!answered.some(({ id, removedWith }) => id === besideAnswerId && removedWith === null)) {
          throw new AppError('NOT_FOUND', 'No such answer.');
        }
        return inTransaction(deps.db, () => begin(question, asked, false, besideAnswerId));
      }
      if (answered.some((answer) => answer.status === 'streaming')) throw new AppError('CONFLICT', 'This question is being answered.');
      const isFirst = question.parentId === null && answered.every((answer) => answer.status !== 'done');
      return inTransaction(deps.db, () => begin(question, asked, isFirst));
    },
    async stop({ runId }) {
      const current = active.get(runId);
      current?.stopping.abort();
      await current?.done;
    },
    async *watch({ runId }, { signal }): AsyncIterable<RunUpdate> {
      const current = active.get(runId);
      if (current !== undefined) {
        yield* current.run.watch(signal);
        return;
      }
      const id = deps.messages.idOfRun(runId);
      const message = id === undefined ? undefined : deps.reader.read([id])[0];
      if (message === undefined) throw new AppError('NOT_FOUND', 'No such run.');
      yield { type: 'snapshot', seq: 0, stage: 'answering', retryAt: null, reasoningSince: null, message, live: null };
      yield { type: 'end', seq: 1, message };
    },
    activeRunOf(conversationId) {
      for (const [runId, { run }] of active) if (run.conversationId === conversationId) return runId;
      return null;
    },
    stopRunsOf: (conversationId) => stopWhere((id) => id === conversationId),
    async close() {
      closing.abort();
      await stopWhere(() => true);
    },
  };
}

function requireRow(row: MessageRow | undefined): MessageRow {
  if (row === undefined) throw new AppError('INTERNAL', 'A message just written cannot be read.');
  return row;
}
