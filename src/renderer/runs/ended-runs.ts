interface RunningConversation {
  readonly id: string;
  readonly runId: string | null;
}

/**
 * The conversations whose answer has ended between two looks at the list: they had a run and now have none. One that is
 * no longer in the list has not ended but was removed.
 */
export function endedRuns<C extends RunningConversation>(before: readonly RunningConversation[], now: readonly C[]): C[] {
  const running = new Set(before.filter(({ runId }) => runId !== null).map(({ id }) => id));
  return now.filter(({ id, runId }) => runId === null && running.has(id));
}
