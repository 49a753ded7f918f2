import { create } from 'zustand';
import type { LiveRun } from './apply-update.ts';

type Runs = Readonly<Record<string, LiveRun>>;

const useRunStore = create<{ runs: Runs }>(() => ({ runs: {} }));

/** A followed run as it stands; undefined when it is not followed, or over. */
export function useRun(runId: string | null): LiveRun | undefined {
  return useRunStore(({ runs }) => (runId === null ? undefined : runs[runId]));
}

export function showRun(runId: string, run: LiveRun): void {
  useRunStore.setState(({ runs }) => ({ runs: { ...runs, [runId]: run } }));
}

export function forgetRun(runId: string): void {
  useRunStore.setState(({ runs }) => {
    const { [runId]: _, ...rest } = runs;
    return { runs: rest };
  });
}
