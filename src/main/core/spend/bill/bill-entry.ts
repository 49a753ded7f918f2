import type { BadRow, BadRowReason, BillKind, Seller } from '../../../../shared/contract/bill.ts';

/** What one row of a file says about a day and a model. */
export interface BillEntry {
  /** YYYY-MM-DD in UTC. */
  readonly day: string;
  /** '' when the row is of everything that day. */
  readonly item: string;
  /** What else tells the row from others of its day and item, by name: the project, the key, the hour. Only what is given. */
  readonly dims: Readonly<Record<string, string>>;
  /** Of a row that is one call: its id with the seller. */
  readonly callId: string | null;
  /** In 1e-18 dollars; null: the row is not about money. */
  readonly cost: bigint | null;
  /** Null: the row is not about use. A count of null is not given. */
  readonly usage: {
    readonly requestCount: number | null;
    readonly inputTokens: number | null;
    readonly cachedTokens: number | null;
    readonly outputTokens: number | null;
  } | null;
}

/** A row that is read, that says nothing ('blank'), or that cannot be read. */
export type RowReading = BillEntry | { readonly day: string; readonly blank: true } | BadRowReason;

/** A file as it was read. */
export interface ParsedBill {
  readonly seller: Seller;
  readonly kind: BillKind;
  readonly entries: readonly BillEntry[];
  /** What the file divides its days by, in words. */
  readonly grain: string;
  /** The days the file speaks of, those with nothing on them included. */
  readonly fromDay: string;
  readonly toDay: string;
  readonly rowCount: number;
  readonly badRows: readonly BadRow[];
  readonly hasMorePages: boolean;
}

/** Puts what the rows said together; null when no row could be read. `firstRow`: the number of the first of them. */
export function gatherRows(
  about: Pick<ParsedBill, 'seller' | 'kind' | 'hasMorePages'>,
  readings: readonly RowReading[],
  firstRow: number,
): ParsedBill | null {
  const read = readings.filter((reading) => typeof reading !== 'string');
  const days = read.map(({ day }) => day).toSorted();
  const [fromDay, toDay] = [days[0], days.at(-1)];
  if (fromDay === undefined || toDay === undefined) return null;
  const entries = read.filter((reading): reading is BillEntry => !('blank' in reading));
  return {
    ...about,
    entries,
    grain: grainOf(entries),
    fromDay,
    toDay,
    rowCount: readings.length,
    badRows: readings.flatMap((reason, index) => (typeof reason === 'string' ? [{ row: firstRow + index, reason }] : [])),
  };
}

function grainOf(entries: readonly BillEntry[]): string {
  const names = new Set(entries.flatMap(({ dims, item }) => [...Object.keys(dims), ...(item === '' ? [] : ['item'])]));
  return [...names].toSorted().join(' ');
}
