import type { HandlersFor } from '../../../shared/rpc/define.ts';
import type { spend } from '../../../shared/contract/spend.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { createRecordDeletion, type DeletionDeps } from './delete-records.ts';
import { exportRecords } from './export-records.ts';
import { localDayOf, monthStartOf } from './local-day.ts';
import { projectMonth } from './project-month.ts';
import { splitSpend, type SplitDeps } from './split-spend.ts';
import type { RecordPosition, UsageStore } from './usage-store.ts';
import { whatIf, type WhatIfDeps } from './what-if.ts';

export interface SpendServiceDeps extends SplitDeps, DeletionDeps, WhatIfDeps {
  readonly usageStore: UsageStore;
  /** IANA name of the user's time zone. */
  readonly timeZone: () => string;
}

export type SpendService = ReturnType<typeof createSpendService>;
type Handlers = HandlersFor<typeof spend>;

const always = { from: '0000-01-01', to: '9999-12-31' };

/** What was spent, by the user's calendar. Every method answers the `spend.` route of its name. */
export function createSpendService(deps: SpendServiceDeps) {
  const { usageStore, sums } = deps;

  const deletion = createRecordDeletion(deps);

  return {
    export: ({ format, ...query }, { signal }) => exportRecords(deps, query, format, signal),
    deletionQuote: deletion.quote,
    deleteRecords: deletion.delete,
    deletions: () => ({ deletions: deletion.list() }),
    split: (query) => splitSpend(deps, query),
    whatIf: (query) => whatIf(deps, query),
    totals() {
      const today = localDayOf(deps.now(), deps.timeZone());
      const firstDay = sums.firstDay();
      return {
        today: sums.totalOf({ from: today, to: today }),
        month: sums.totalOf({ from: monthStartOf(today), to: today }),
        allTime: sums.totalOf(always),
        firstDay,
        projection: projectMonth(today, firstDay, (range) => sums.totalOf(range).costNanos),
      };
    },
    /** Throws AppError INVALID_INPUT for a cursor that no page before has given. */
    records({ limit, before, ...query }) {
      const position = before === null ? null : parseCursor(before);
      // One more than asked for tells whether there is another page.
      const found = usageStore.listRecords({ ...query, before: position, limit: limit + 1 });
      const page = found.slice(0, limit);
      const titles = deps.namesOf('conversation', [...new Set(page.flatMap(({ conversationId }) => conversationId ?? []))]);
      const titleOf = (id: string | null): string | null => (id === null ? null : (titles.get(id) ?? null));
      const last = page.at(-1);
      return {
        records: page.map((record) => ({ ...record, conversationTitle: titleOf(record.conversationId) })),
        nextCursor: found.length > limit && last !== undefined ? toCursor(last) : null,
      };
    },
  } satisfies {
    export: Handlers['spend.export'];
    deletionQuote: (input: Parameters<Handlers['spend.deletionQuote']>[0]) => ReturnType<Handlers['spend.deletionQuote']>;
    deleteRecords: Handlers['spend.deleteRecords'];
    deletions: () => ReturnType<Handlers['spend.deletions']>;
    split: (input: Parameters<Handlers['spend.split']>[0]) => ReturnType<Handlers['spend.split']>;
    whatIf: (input: Parameters<Handlers['spend.whatIf']>[0]) => ReturnType<Handlers['spend.whatIf']>;
    totals: () => ReturnType<Handlers['spend.totals']>;
    records: (input: Parameters<Handlers['spend.records']>[0]) => ReturnType<Handlers['spend.records']>;
  };
}

function toCursor({ localDay, startedAt, id }: RecordPosition): string {
  return `${localDay}.${startedAt}.${id}`;
}

function parseCursor(cursor: string): RecordPosition {
  const [, localDay, startedAt, id] = /^(\d{4}-\d{2}-\d{2})\.(\d{1,15})\.(.{1,64})$/u.exec(cursor) ?? [];
  if (localDay === undefined || startedAt === undefined || id === undefined)
    throw new AppError('INVALID_INPUT', 'Not a cursor of this list.');
  return { localDay, startedAt: Number(startedAt), id };
}
