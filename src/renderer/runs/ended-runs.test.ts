import { expect, it } from 'vitest';
import { endedRuns } from './ended-runs.ts';

const at = (id: string, runId: string | null = null) => ({ id, runId });

it('finds the answers that ended, and nothing that began, goes on, or was removed', () => {
  const before = [at('ended', 'r1'), at('goes on', 'r2'), at('removed', 'r3'), at('begins'), at('rests')];
  const now = [at('ended'), at('goes on', 'r2'), at('begins', 'r4'), at('rests'), at('new')];
  expect(endedRuns(before, now).map(({ id }) => id)).toEqual(['ended']);
  // The next answer of the same conversation that was being written when the first one ended is another one.
  expect(endedRuns([at('a', 'r1')], [at('a', 'r2')])).toEqual([]);
});
