import type { RetrievalTrace, TraceStep } from '../../../shared/contract/trace.ts';

export type StepTimes = ReturnType<typeof createStepTimes>;

/** Takes the time of a search's steps. `clock`: milliseconds, never going back. */
export function createStepTimes(clock: () => number) {
  const steps: RetrievalTrace['steps'] = [];

  function note(step: TraceStep, startedAt: number): void {
    // A hundredth of a millisecond is more than anybody reads.
    steps.push({ step, durationMs: Math.round((clock() - startedAt) * 100) / 100 });
  }

  return {
    /** In the order they ended. */
    steps,
    /** What `work` returns. */
    time<T>(step: TraceStep, work: () => T): T {
      const startedAt = clock();
      const result = work();
      note(step, startedAt);
      return result;
    },
    /** What `work` comes to; one that fails has taken its time too. */
    async timeAsync<T>(step: TraceStep, work: () => Promise<T>): Promise<T> {
      const startedAt = clock();
      try {
        return await work();
      } finally {
        note(step, startedAt);
      }
    },
  };
}
