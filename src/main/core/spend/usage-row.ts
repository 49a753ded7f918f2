import type { Amount } from '../../../shared/amount.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import type { BookedUsage } from './settle-usage.ts';
import { settledBy, settledExactness, settledNanos, settledPrice } from './settled-amount.ts';

/** A row of usage_record, as the contract's record with what is nested in it flattened. */
export interface UsageRow extends Omit<UsageRecord, 'amount' | 'price'> {
  readonly exactness: Amount['exactness'];
  readonly currency: 'USD' | null;
  readonly costNanos: number | null;
  readonly priceJson: string | null;
}

/** Columns of a UsageRow, for SELECT. */
export const usageColumns = `
  id, run_id AS runId, attempt, purpose, outcome, conversation_id AS conversationId, message_id AS messageId, document_id AS documentId,
  provider_id AS providerId, provider_name AS providerName, provider_kind AS providerKind, requested_model AS requestedModel,
  served_model AS servedModel, service_tier AS serviceTier, request_id AS requestId, input_tokens AS inputTokens,
  cache_read_tokens AS cacheReadTokens, cache_write_tokens AS cacheWriteTokens, output_tokens AS outputTokens,
  reasoning_tokens AS reasoningTokens, token_source AS tokenSource,
  ${settledExactness} AS exactness, currency, ${settledNanos} AS costNanos, ${settledPrice} AS priceJson,
  ${settledBy} AS settledBy,
  http_status AS httpStatus, error_code AS errorCode, started_at AS startedAt, first_token_ms AS firstTokenMs,
  duration_ms AS durationMs, local_day AS localDay`;

/** The columns' values of a record to be stored. */
export function toUsageRow(record: BookedUsage): UsageRow & Pick<BookedUsage, 'baseUrl' | 'timeZone' | 'usageJson' | 'anomaly'> {
  const { amount, price, ...flat } = record;
  const costNanos = costNanosIn(amount);
  return {
    ...flat,
    exactness: amount.exactness,
    currency: costNanos === null ? null : 'USD',
    costNanos,
    priceJson: price === null ? null : JSON.stringify(price),
  };
}

/** The record a row holds. */
export function toUsageRecord(row: UsageRow): UsageRecord {
  const { exactness, currency: _currency, costNanos, priceJson, ...flat } = row;
  return { ...flat, amount: amountOf(exactness, costNanos), price: priceJson === null ? null : parsePrice(priceJson) };
}

/** The cost of one call in nano-USD; null when it has none. */
export function costNanosIn(amount: Amount): number | null {
  return 'costNanos' in amount ? amount.costNanos : null;
}

function amountOf(exactness: Amount['exactness'], costNanos: number | null): Amount {
  if (exactness === 'no_price' || exactness === 'free') return { exactness };
  if (costNanos === null) throw new Error('usage_record: a priced row without a cost');
  return { exactness, costNanos };
}

function parsePrice(json: string): UsageRecord['price'] {
  // Written by toUsageRow and never changed: the table refuses updates.
  return JSON.parse(json) as UsageRecord['price'];
}
