import { csvLine, dollarsOf } from '../../../shared/csv.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { costNanosIn } from './usage-row.ts';
import type { RecordPosition, RecordQuery, UsageStore } from './usage-store.ts';

/** Records in a piece: enough to be quick, few enough that other calls get their turn between pieces. */
const pieceSize = 1_000;

export type ExportFormat = 'csv' | 'json';

interface ExportDeps {
  readonly usageStore: Pick<UsageStore, 'listRecords'>;
}

/** A record as it is exported: amounts as text, so that no reader rounds them. */
function toExported({ amount, startedAt, price, ...record }: UsageRecord) {
  const costNanos = costNanosIn(amount);
  return {
    ...record,
    startedAt: new Date(startedAt).toISOString(),
    exactness: amount.exactness,
    costNanos: costNanos === null ? null : String(costNanos),
    costUsd: costNanos === null ? null : dollarsOf(costNanos),
    inputPerMillion: price?.inputPerMillion ?? null,
    cacheReadPerMillion: price?.cacheReadPerMillion ?? null,
    cacheWritePerMillion: price?.cacheWritePerMillion ?? null,
    outputPerMillion: price?.outputPerMillion ?? null,
    priceMultiplier: price?.multiplier ?? null,
    priceSource: price?.source ?? null,
    priceVersion: price?.version ?? null,
  };
}

type Exported = ReturnType<typeof toExported>;

/** The columns, in the order in which a bill is read. */
const columns = [
  'startedAt',
  'localDay',
  'providerName',
  'requestedModel',
  'servedModel',
  'purpose',
  'outcome',
  'inputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'outputTokens',
  'reasoningTokens',
  'tokenSource',
  'costUsd',
  'costNanos',
  'exactness',
  'settledBy',
  'inputPerMillion',
  'cacheReadPerMillion',
  'cacheWritePerMillion',
  'outputPerMillion',
  'priceMultiplier',
  'priceSource',
  'priceVersion',
  'serviceTier',
  'durationMs',
  'firstTokenMs',
  'httpStatus',
  'errorCode',
  'attempt',
  'requestId',
  'id',
  'runId',
  'conversationId',
  'messageId',
  'documentId',
  'providerId',
  'providerKind',
] as const satisfies readonly (keyof Exported)[];

const writers: Readonly<Record<ExportFormat, { head: string; row: (record: Exported, isFirst: boolean) => string; foot: string }>> = {
  csv: { head: csvLine(columns), row: (record) => csvLine(columns.map((column) => record[column])), foot: '' },
  json: { head: '[', row: (record, isFirst) => `${isFirst ? '\n' : ',\n'}${JSON.stringify(record)}`, foot: '\n]\n' },
};

/** The records asked for, newest first, as a file in pieces. Stops when the signal aborts. */
export async function* exportRecords(
  { usageStore }: ExportDeps,
  query: Omit<RecordQuery, 'before' | 'limit'>,
  format: ExportFormat,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const { head, row, foot } = writers[format];
  let text = head;
  let before: RecordPosition | null = null;
  for (let isFirst = true; !signal.aborted;) {
    const page: UsageRecord[] = usageStore.listRecords({ ...query, before, limit: pieceSize });
    for (const record of page) {
      text += row(toExported(record), isFirst);
      isFirst = false;
    }
    before = page.at(-1) ?? null;
    if (page.length < pieceSize) break;
    yield text;
    text = '';
    await new Promise(setImmediate);
  }
  yield text + foot;
}
