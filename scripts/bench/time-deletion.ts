import type { Db } from '../../src/main/core/db/database.ts';
import { createAppEvents } from '../../src/main/core/events.ts';
import type { DayRange } from '../../src/main/core/spend/day-span.ts';
import { createRecordDeletion } from '../../src/main/core/spend/delete-records.ts';
import { createSumQueries } from '../../src/main/core/spend/sum-queries.ts';

/** How long each slice of a deletion keeps the core from everything else, in milliseconds, and how many calls went. */
export async function timeDeletion(db: Db, range: DayRange): Promise<{ readonly slicesMs: readonly number[]; readonly callCount: number }> {
  const deletion = createRecordDeletion({ db, sums: createSumQueries(db), events: createAppEvents(), now: () => 0 });
  const { callCount } = deletion.quote(range);
  const slices = deletion.delete({ ...range, callCount }, new AbortController());
  const slicesMs: number[] = [];
  for (;;) {
    await new Promise(setImmediate);
    const before = performance.now();
    if ((await slices.next()).done === true) return { slicesMs, callCount };
    slicesMs.push(performance.now() - before);
  }
}
