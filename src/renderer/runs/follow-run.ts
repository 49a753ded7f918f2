import { useEffect } from 'react';
import type { Message } from '../../shared/contract/chat.ts';
import { AppError } from '../../shared/rpc/errors.ts';
import { rpc } from '../rpc/connection.ts';
import { queries } from '../rpc/queries.ts';
import { queryClient } from '../rpc/query-client.ts';
import { refreshConversation } from '../rpc/refresh-conversation.ts';
import { applyUpdate, type LiveRun } from './apply-update.ts';
import { forgetRun, showRun } from './run-store.ts';

/** Pause before a lost run is watched again. */
const retryDelayMs = 250;
/** Least time between two updates that are shown: 30 a second look as smooth as 60, at half the work. */
const updateIntervalMs = 30;

/** Puts the finished answer where the page keeps finished answers, so that nothing flickers when the run goes. */
function keepFinished(message: Message): void {
  queryClient.setQueryData(queries.message(message.conversationId, message.id).queryKey, message);
  queryClient.setQueryData(
    queries.conversation(message.conversationId).queryKey,
    (opened) => opened && { ...opened, conversation: { ...opened.conversation, runId: null } },
  );
}

/** Watches once, until the end or until the connection or the run is gone. */
async function watchOnce(runId: string, signal: AbortSignal): Promise<void> {
  let run: LiveRun | undefined;
  let frame = 0;
  let shownAt = -Infinity;
  function show(now: number): void {
    if (now - shownAt < updateIntervalMs) {
      frame = requestAnimationFrame(show);
      return;
    }
    frame = 0;
    shownAt = now;
    if (run !== undefined) showRun(runId, run);
  }
  try {
    for await (const update of rpc.stream('chat.watch', { runId }, { signal })) {
      run = applyUpdate(run, update);
      if (update.type === 'end') return keepFinished(update.message);
      if (frame === 0) frame = requestAnimationFrame(show);
    }
  } finally {
    cancelAnimationFrame(frame);
  }
}

async function follow(runId: string, conversationId: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await watchOnce(runId, signal);
      break;
    } catch (error) {
      const isConnectionLost = error instanceof AppError && error.code === 'DISCONNECTED';
      if (!isConnectionLost) break;
      await new Promise((resolve) => setTimeout(resolve, retryDelayMs));
    }
  }
  if (!signal.aborted) await refreshConversation(queryClient, conversationId);
  // Only now: whoever shows the run has the finished answer by then, and goes on with what is drawn.
  forgetRun(runId);
}

/** Follows a run for as long as the component lives. It goes on in the core all the same, and can be followed again. */
export function useFollowRun(runId: string | null, conversationId: string): void {
  useEffect(() => {
    if (runId === null) return undefined;
    const controller = new AbortController();
    void follow(runId, conversationId, controller.signal);
    return () => controller.abort();
  }, [runId, conversationId]);
}
