import { emptyTotal, type AmountTotal } from '../../../shared/amount.ts';
import type { Split } from '../../../shared/contract/spend.ts';
import type { ProviderKind, UsageRecord } from '../../../shared/contract/usage.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { DayRange } from './day-span.ts';
import type { BookedUsage } from './settle-usage.ts';
import { isWithoutPrice, settledExactness, settledNanos } from './settled-amount.ts';
import { createSumQueries } from './sum-queries.ts';
import { toUsageRecord, toUsageRow, usageColumns, type UsageRow } from './usage-row.ts';
import { prepareAddToSums } from './usage-sum.ts';

/** Where a page of records ends: the last record on it. */
export interface RecordPosition {
  readonly localDay: string;
  readonly startedAt: number;
  readonly id: string;
}

export interface RecordQuery extends DayRange {
  /** null: every call. A key of '' means those without one. */
  readonly part: { readonly split: Split; readonly key: string } | null;
  readonly withoutPrice: boolean;
  /** Records older than this one; null: from the newest. */
  readonly before: RecordPosition | null;
  readonly limit: number;
}

/** A model of a provider, over all time. */
export interface ModelTotal {
  readonly providerId: string;
  readonly providerName: string;
  readonly providerKind: ProviderKind;
  readonly model: string;
  readonly total: AmountTotal;
}

export type UsageStore = ReturnType<typeof createUsageStore>;

/** Usage records, insert-only, and their sums, which are written in the same transaction. */
export function createUsageStore(db: Db) {
  const insertRecord = prepareInsert(db);
  const addToSums = prepareAddToSums(db);
  const selectByMessages = db.prepare<[string], UsageRow>(`
    SELECT ${usageColumns} FROM usage_record WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY started_at, id`);
  const selectByRun = db.prepare<[string, string], UsageRow>(`
    SELECT ${usageColumns} FROM usage_record WHERE conversation_id = ? AND run_id = ? ORDER BY started_at, id`);
  const totalOfMessages = db.prepare<[string], AmountTotal>(`
    SELECT coalesce(sum(nanos), 0) AS costNanos, coalesce(sum(nanos) FILTER (WHERE sure IN ('exact', 'reported')), 0) AS exactNanos,
      count(*) AS callCount, count(*) FILTER (WHERE sure = 'estimated') AS estimatedCount,
      count(*) FILTER (WHERE sure = 'lower_bound') AS lowerBoundCount, count(*) FILTER (WHERE sure = 'no_price') AS noPriceCount,
      count(*) FILTER (WHERE sure = 'free') AS freeCount
    FROM (
      SELECT ${settledExactness} AS sure, ${settledNanos} AS nanos FROM usage_record
      WHERE message_id IN (SELECT value FROM json_each(?))
    )`);
  const selectByConversation = db.prepare<[string], UsageRow>(`
    SELECT ${usageColumns} FROM usage_record WHERE conversation_id = ? ORDER BY started_at, id`);
  const records = prepareRecordPages(db);
  const sums = createSumQueries(db);

  return {
    /** Stores a record and adds it to its sums. Takes part in a transaction that is already open. */
    insert(record: BookedUsage): void {
      inTransaction(db, () => {
        insertRecord.run(toUsageRow(record));
        addToSums(record.id);
      });
    },
    /** The records made for these messages, oldest first. */
    listByMessages: (ids: readonly string[]): UsageRecord[] => selectByMessages.all(JSON.stringify(ids)).map(toUsageRecord),
    /** What all calls for these messages cost, which is what their receipts come to. */
    totalOfMessages: (ids: readonly string[]): AmountTotal => totalOfMessages.get(JSON.stringify(ids)) ?? emptyTotal,
    /** The records of one run in a conversation, oldest first. */
    listByRun: (conversationId: string, runId: string): UsageRecord[] => selectByRun.all(conversationId, runId).map(toUsageRecord),
    /** All records of a conversation, oldest first. */
    listByConversation: (id: string): UsageRecord[] => selectByConversation.all(id).map(toUsageRecord),
    /** One total for each id, empty ones included. */
    totalByConversations: (ids: readonly string[]): Map<string, AmountTotal> => totalsOf('conversation', ids),
    /** One total for each id, empty ones included. */
    totalByDocuments: (ids: readonly string[]): Map<string, AmountTotal> => totalsOf('document', ids),
    /** Every model over all time, dearest first. */
    listByModel(): ModelTotal[] {
      const providers = sums.providers();
      return sums.listEver('model').flatMap(({ key, measures }) => {
        const providerId = key.slice(0, key.indexOf('/'));
        const provider = providers.get(providerId);
        if (provider === undefined) return [];
        return [
          {
            providerId,
            providerName: provider.name,
            providerKind: provider.kind,
            model: key.slice(providerId.length + 1),
            total: measures.total,
          },
        ];
      });
    },
    /** A page of single calls, newest first. */
    listRecords: (query: RecordQuery): UsageRecord[] => records(query).map(toUsageRecord),
  };

  function totalsOf(split: Split, ids: readonly string[]): Map<string, AmountTotal> {
    const found = sums.everOf(split, ids);
    return new Map(ids.map((id) => [id, found.get(id)?.total ?? emptyTotal]));
  }
}

function prepareInsert(db: Db) {
  return db.prepare<UsageRow>(`
    INSERT INTO usage_record (
      id, run_id, attempt, purpose, outcome, conversation_id, message_id, document_id, collection_id, provider_id, provider_name,
      provider_kind, base_url,
      requested_model, served_model, service_tier, request_id, input_tokens, cache_read_tokens, cache_write_tokens, output_tokens,
      reasoning_tokens, token_source, usage_json, anomaly, exactness, currency, cost_nanos, price_json, http_status, error_code,
      started_at, first_token_ms, duration_ms, local_day, time_zone
    ) VALUES (
      @id, @runId, @attempt, @purpose, @outcome, @conversationId, @messageId, @documentId,
      (SELECT collection_id FROM document WHERE document.id = @documentId), @providerId, @providerName, @providerKind, @baseUrl,
      @requestedModel, @servedModel, @serviceTier, @requestId, @inputTokens, @cacheReadTokens, @cacheWriteTokens, @outputTokens,
      @reasoningTokens, @tokenSource, @usageJson, @anomaly, @exactness, @currency, @costNanos, @priceJson, @httpStatus, @errorCode,
      @startedAt, @firstTokenMs, @durationMs, @localDay, @timeZone
    )`);
}

/** How the calls of a part are found. */
const partConditions: Readonly<Record<Split, string>> = {
  model: 'provider_id = @providerId AND requested_model = @key',
  provider: 'provider_id = @key',
  purpose: 'purpose = @key',
  conversation: 'conversation_id = @key',
  folder: 'conversation_id IN (SELECT conversation_id FROM filed_conversation WHERE folder_id = @key)',
  collection: 'collection_id = @key',
  document: 'document_id = @key',
};

/** A statement for each kind of query, made when it is first asked, so that each can use its index. */
function prepareRecordPages(db: Db): (query: RecordQuery) => UsageRow[] {
  const prepare = (conditions: readonly string[]) =>
    db.prepare<RecordParams, UsageRow>(`
      SELECT ${usageColumns} FROM usage_record WHERE ${['local_day BETWEEN @from AND @to', ...conditions].join(' AND ')}
      ORDER BY local_day DESC, started_at DESC, id DESC LIMIT @limit`);
  const statements = new Map<string, ReturnType<typeof prepare>>();
  return ({ before, part, withoutPrice, ...query }) => {
    const conditions = [
      ...(part === null ? [] : [partConditions[part.split]]),
      ...(withoutPrice ? [isWithoutPrice] : []),
      ...(before === null ? [] : ['(local_day, started_at, id) < (@localDay, @startedAt, @id)']),
    ];
    const kind = conditions.join();
    const statement = statements.get(kind) ?? prepare(conditions);
    statements.set(kind, statement);
    return statement.all({ ...query, ...keysOf(part), ...before });
  };
}

/** A model's key is made of two columns. */
function keysOf(part: RecordQuery['part']): { key?: string; providerId?: string } {
  if (part === null) return {};
  if (part.split !== 'model') return { key: part.key };
  const at = part.key.indexOf('/');
  return { providerId: part.key.slice(0, at), key: part.key.slice(at + 1) };
}

type RecordParams = Pick<RecordQuery, 'from' | 'to' | 'limit'> & Partial<RecordPosition> & { key?: string; providerId?: string };
