import type { HandlersFor } from '../../../shared/rpc/define.ts';
import type { spend } from '../../../shared/contract/spend.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { localDayOf, monthStartOf } from './local-day.ts';
import type { DailyModelSpend, RecordPosition, UsageStore } from './usage-store.ts';

export interface SpendServiceDeps {
  readonly usageStore: UsageStore;
  /** Titles by id; conversations that were removed for good are missing. */
  readonly conversationTitles: (ids: readonly string[]) => ReadonlyMap<string, string>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** IANA name of the user's time zone. */
  readonly timeZone: () => string;
}

export type SpendService = ReturnType<typeof createSpendService>;
type Handlers = HandlersFor<typeof spend>;

/** Before any record that can be made, as a day. */
const firstDay = '0000-01-01';
const lastDay = '9999-12-31';

/** What was spent, by the user's calendar. Every method answers the `spend.` route of its name. */
export function createSpendService(deps: SpendServiceDeps) {
  const { usageStore } = deps;
  const today = (): string => localDayOf(deps.now(), deps.timeZone());

  return {
    summary: (range) => ({
      today: today(),
      total: usageStore.totalOf(range),
      byDay: groupByDay(usageStore.listByDay(range)),
      byModel: usageStore.listByModel(range),
      byPurpose: usageStore.listByPurpose(range),
    }),
    totals() {
      const day = today();
      return {
        today: usageStore.totalOf({ from: day, to: day }),
        month: usageStore.totalOf({ from: monthStartOf(day), to: day }),
        allTime: usageStore.totalOf({ from: firstDay, to: lastDay }),
      };
    },
    /** Throws AppError INVALID_INPUT for a cursor that no page before has given. */
    records({ limit, before, ...query }) {
      const position = before === null ? null : parseCursor(before);
      // One more than asked for tells whether there is another page.
      const found = usageStore.listRecords({ ...query, before: position, limit: limit + 1 });
      const page = found.slice(0, limit);
      const titles = deps.conversationTitles([...new Set(page.flatMap(({ conversationId }) => conversationId ?? []))]);
      const titleOf = (id: string | null): string | null => (id === null ? null : (titles.get(id) ?? null));
      const last = page.at(-1);
      return {
        records: page.map((record) => ({ ...record, conversationTitle: titleOf(record.conversationId) })),
        nextCursor: found.length > limit && last !== undefined ? toCursor(last) : null,
      };
    },
  } satisfies {
    summary: (input: Parameters<Handlers['spend.summary']>[0]) => ReturnType<Handlers['spend.summary']>;
    totals: () => ReturnType<Handlers['spend.totals']>;
    records: (input: Parameters<Handlers['spend.records']>[0]) => ReturnType<Handlers['spend.records']>;
  };
}

function groupByDay(rows: readonly DailyModelSpend[]) {
  const byDay = Map.groupBy(rows, ({ day }) => day);
  return [...byDay].map(([day, models]) => ({ day, models: models.map(({ day: _day, ...model }) => model) }));
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
