import { emptyTotal, type AmountTotal } from '../../../shared/amount.ts';
import type { Purpose, UsageRecord } from '../../../shared/contract/usage.ts';
import type { ModelSpend } from '../../../shared/contract/spend.ts';
import { inTransaction, type Db } from '../db/database.ts';
import type { BookedUsage } from './settle-usage.ts';
import { toUsageRecord, toUsageRow, usageColumns, type UsageRow } from './usage-row.ts';

/** Days as YYYY-MM-DD, both included. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** Where a page of records ends: the last record on it. */
export interface RecordPosition {
  readonly localDay: string;
  readonly startedAt: number;
  readonly id: string;
}

export interface RecordQuery extends DayRange {
  /** null: every conversation, and calls without one. */
  readonly conversationId: string | null;
  /** Records older than this one; null: from the newest. */
  readonly before: RecordPosition | null;
  readonly limit: number;
}

export type DailyModelSpend = ModelSpend & { readonly day: string };
export type UsageStore = ReturnType<typeof createUsageStore>;

type TotalRow = { readonly [K in keyof AmountTotal]: number };
type ModelRow = Omit<ModelSpend, 'total'> & TotalRow;

const totalColumns = `call_count AS callCount, estimated_count AS estimatedCount, lower_bound_count AS lowerBoundCount,
  no_price_count AS noPriceCount, free_count AS freeCount, cost_nanos AS costNanos, exact_nanos AS exactNanos`;

const totalSums = `coalesce(sum(call_count), 0) AS callCount, coalesce(sum(estimated_count), 0) AS estimatedCount,
  coalesce(sum(lower_bound_count), 0) AS lowerBoundCount, coalesce(sum(no_price_count), 0) AS noPriceCount,
  coalesce(sum(free_count), 0) AS freeCount, coalesce(sum(cost_nanos), 0) AS costNanos, coalesce(sum(exact_nanos), 0) AS exactNanos`;

const modelColumns = 'provider_id AS providerId, provider_name AS providerName, provider_kind AS providerKind, model';
const tokenSums = `sum(input_tokens) AS inputTokens, sum(cache_read_tokens) AS cacheReadTokens, sum(output_tokens) AS outputTokens`;

/** What one record adds to a rollup. */
const rollupValues = `1, @exactness = 'estimated', @exactness = 'lower_bound', @exactness = 'no_price', @exactness = 'free',
  coalesce(@costNanos, 0), iif(@exactness IN ('exact', 'reported'), coalesce(@costNanos, 0), 0)`;
const rollupColumns = 'call_count, estimated_count, lower_bound_count, no_price_count, free_count, cost_nanos, exact_nanos';
const rollupAdditions = rollupColumns
  .split(', ')
  .map((column) => `${column} = ${column} + excluded.${column}`)
  .join(', ');

/** Usage records, insert-only, and their sums by day and by conversation, which are written in the same transaction. */
export function createUsageStore(db: Db) {
  const insertRecord = prepareInsert(db);
  const addToDay = prepareDayRollup(db);
  const addToConversation = db.prepare<UsageRow>(`
    INSERT INTO usage_by_conversation (conversation_id, ${rollupColumns}) VALUES (@conversationId, ${rollupValues})
    ON CONFLICT DO UPDATE SET ${rollupAdditions}`);
  const selectByMessages = db.prepare<[string], UsageRow>(`
    SELECT ${usageColumns} FROM usage_record WHERE message_id IN (SELECT value FROM json_each(?)) ORDER BY started_at, id`);
  const selectByConversations = db.prepare<[string], TotalRow & { key: string }>(`
    SELECT conversation_id AS key, ${totalColumns} FROM usage_by_conversation WHERE conversation_id IN (SELECT value FROM json_each(?))`);
  const selectByDocuments = db.prepare<[string], TotalRow & { key: string }>(`
    SELECT document_id AS key, count(*) AS callCount, sum(exactness = 'estimated') AS estimatedCount,
      sum(exactness = 'lower_bound') AS lowerBoundCount, sum(exactness = 'no_price') AS noPriceCount, sum(exactness = 'free') AS freeCount,
      coalesce(sum(cost_nanos), 0) AS costNanos,
      coalesce(sum(cost_nanos) FILTER (WHERE exactness IN ('exact', 'reported')), 0) AS exactNanos
    FROM usage_record WHERE document_id IN (SELECT value FROM json_each(?)) GROUP BY document_id`);
  const selectTotal = db.prepare<DayRange, TotalRow>(`SELECT ${totalSums} FROM usage_daily WHERE local_day BETWEEN @from AND @to`);
  const selectByDay = db.prepare<DayRange, ModelRow & { day: string }>(`
    SELECT local_day AS day, ${modelColumns}, ${totalSums}, ${tokenSums} FROM usage_daily WHERE local_day BETWEEN @from AND @to
    GROUP BY local_day, provider_id, provider_name, provider_kind, model ORDER BY local_day, sum(cost_nanos) DESC, model`);
  const selectByModel = db.prepare<DayRange, ModelRow>(`
    SELECT ${modelColumns}, ${totalSums}, ${tokenSums} FROM usage_daily WHERE local_day BETWEEN @from AND @to
    GROUP BY provider_id, provider_name, provider_kind, model ORDER BY sum(cost_nanos) DESC, model`);
  const selectByPurpose = db.prepare<DayRange, TotalRow & { purpose: Purpose }>(`
    SELECT purpose, ${totalSums} FROM usage_daily WHERE local_day BETWEEN @from AND @to
    GROUP BY purpose ORDER BY sum(cost_nanos) DESC, purpose`);
  const records = prepareRecordPages(db);

  return {
    /** Stores a record and adds it to its sums. Takes part in a transaction that is already open. */
    insert(record: BookedUsage): void {
      inTransaction(db, () => {
        const row = toUsageRow(record);
        insertRecord.run(row);
        addToDay.run(row);
        if (row.conversationId !== null) addToConversation.run(row);
      });
    },
    /** The records made for these messages, oldest first. */
    listByMessages: (ids: readonly string[]): UsageRecord[] => selectByMessages.all(JSON.stringify(ids)).map(toUsageRecord),
    /** One total for each id, empty ones included. */
    totalByConversations: (ids: readonly string[]): Map<string, AmountTotal> => byKey(ids, selectByConversations.all(JSON.stringify(ids))),
    /** One total for each id, empty ones included. */
    totalByDocuments: (ids: readonly string[]): Map<string, AmountTotal> => byKey(ids, selectByDocuments.all(JSON.stringify(ids))),
    /** Everything from one day to another. */
    totalOf(range: DayRange): AmountTotal {
      const row = selectTotal.get(range);
      return row === undefined ? emptyTotal : toTotal(row);
    },
    /** By day and model, oldest day first, the dearest model of a day first. */
    listByDay: (range: DayRange): DailyModelSpend[] => selectByDay.all(range).map((row) => ({ day: row.day, ...toModelSpend(row) })),
    /** By model, dearest first. */
    listByModel: (range: DayRange): ModelSpend[] => selectByModel.all(range).map(toModelSpend),
    /** By purpose, dearest first. */
    listByPurpose: (range: DayRange): { purpose: Purpose; total: AmountTotal }[] =>
      selectByPurpose.all(range).map((row) => ({ purpose: row.purpose, total: toTotal(row) })),
    /** A page of single calls, newest first. */
    listRecords: (query: RecordQuery): UsageRecord[] => records(query).map(toUsageRecord),
  };
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

/** Days are summed by the model that was asked for: a refused call names no other, and snapshots would split a model's row. */
function prepareDayRollup(db: Db) {
  const tokens = ['input', 'cache_read', 'cache_write', 'output', 'reasoning'].map((share) => `${share}_tokens`);
  return db.prepare<UsageRow>(`
    INSERT INTO usage_daily (local_day, provider_id, provider_name, provider_kind, model, purpose, ${rollupColumns}, ${tokens.join(', ')})
    VALUES (@localDay, @providerId, @providerName, @providerKind, @requestedModel, @purpose, ${rollupValues},
      coalesce(@inputTokens, 0), coalesce(@cacheReadTokens, 0), coalesce(@cacheWriteTokens, 0), coalesce(@outputTokens, 0),
      coalesce(@reasoningTokens, 0))
    ON CONFLICT DO UPDATE SET ${rollupAdditions}, ${tokens.map((column) => `${column} = ${column} + excluded.${column}`).join(', ')}`);
}

/** One statement for each of the four queries, so that each can use its index. */
function prepareRecordPages(db: Db): (query: RecordQuery) => UsageRow[] {
  const prepare = (...conditions: readonly string[]) =>
    db.prepare<RecordParams, UsageRow>(`
      SELECT ${usageColumns} FROM usage_record WHERE ${['local_day BETWEEN @from AND @to', ...conditions].join(' AND ')}
      ORDER BY local_day DESC, started_at DESC, id DESC LIMIT @limit`);
  const inConversation = 'conversation_id = @conversationId';
  const older = '(local_day, started_at, id) < (@localDay, @startedAt, @id)';
  const statements = {
    all: prepare(),
    allOlder: prepare(older),
    conversation: prepare(inConversation),
    conversationOlder: prepare(inConversation, older),
  };
  return ({ before, ...query }) => {
    const kind = query.conversationId === null ? 'all' : 'conversation';
    return before === null ? statements[kind].all(query) : statements[`${kind}Older`].all({ ...query, ...before });
  };
}

type RecordParams = Omit<RecordQuery, 'before'> & Partial<RecordPosition>;

function toTotal(row: TotalRow): AmountTotal {
  const { costNanos, exactNanos, callCount, estimatedCount, lowerBoundCount, noPriceCount, freeCount } = row;
  return { costNanos, exactNanos, callCount, estimatedCount, lowerBoundCount, noPriceCount, freeCount };
}

function toModelSpend(row: ModelRow): ModelSpend {
  const { providerId, providerName, providerKind, model, inputTokens, cacheReadTokens, outputTokens } = row;
  return { providerId, providerName, providerKind, model, inputTokens, cacheReadTokens, outputTokens, total: toTotal(row) };
}

function byKey(ids: readonly string[], rows: readonly (TotalRow & { key: string })[]): Map<string, AmountTotal> {
  const totals = new Map(ids.map((id) => [id, emptyTotal]));
  for (const row of rows) totals.set(row.key, toTotal(row));
  return totals;
}
