import { exactnesses, type Amount } from '../../../../shared/amount.ts';
import type { BookedUsage } from '../settle-usage.ts';

/** A record with everything in it; what a test is about it says in `fields`. */
export function recordWith(fields: Partial<BookedUsage> & { id: string }): BookedUsage {
  return {
    runId: null,
    attempt: 1,
    purpose: 'answer',
    outcome: 'done',
    conversationId: null,
    messageId: null,
    documentId: null,
    providerId: 'openai',
    providerName: 'OpenAI',
    providerKind: 'remote',
    requestedModel: 'gpt-4o-mini',
    servedModel: null,
    serviceTier: null,
    requestId: null,
    inputTokens: 10,
    cacheReadTokens: null,
    cacheWriteTokens: null,
    outputTokens: 2,
    reasoningTokens: null,
    tokenSource: 'provider',
    amount: { exactness: 'exact', costNanos: 1_000 },
    price: null,
    settledBy: null,
    httpStatus: 200,
    errorCode: null,
    startedAt: 1_000,
    firstTokenMs: null,
    durationMs: 5,
    localDay: '2026-11-23',
    baseUrl: 'https://api.openai.com/v1',
    timeZone: 'UTC',
    usageJson: null,
    anomaly: null,
    ...fields,
  };
}

const prices = [
  null,
  {
    inputPerMillion: 2,
    cacheReadPerMillion: 0.5,
    cacheWritePerMillion: 2.5,
    outputPerMillion: 8,
    multiplier: 1.1,
    source: 't',
    version: '1',
  },
  {
    inputPerMillion: 0.15,
    cacheReadPerMillion: null,
    cacheWritePerMillion: null,
    outputPerMillion: 0.6,
    multiplier: 1,
    source: 't',
    version: '1',
  },
] as const;

/** Any record: unknown tokens and none, free ones and such without a price, on any of `days`. */
export function randomRecord(random: () => number, index: number, days: readonly [string, ...string[]]): BookedUsage {
  const pick = <T>(values: readonly [T, ...T[]]): T => values[Math.floor(random() * values.length)] ?? values[0];
  const exactness = pick(exactnesses);
  const amount: Amount =
    exactness === 'no_price' || exactness === 'free' ? { exactness } : { exactness, costNanos: Math.floor(random() * 1e12) };
  return recordWith({
    id: `r${index}`,
    amount,
    price: pick(prices),
    purpose: pick(['answer', 'condense', 'query_embedding', 'index_embedding', 'title']),
    outcome: pick(['done', 'stopped', 'failed', 'interrupted']),
    providerId: pick(['openai', 'ollama']),
    requestedModel: pick(['gpt-4o', 'gpt-4o-mini', 'org/llama3']),
    conversationId: pick([null, 'c1', 'c2', 'c3']),
    documentId: pick([null, 'd1', 'd2']),
    inputTokens: pick([null, 0, Math.floor(random() * 1e6)]),
    cacheReadTokens: pick([null, 0, Math.floor(random() * 1e5)]),
    cacheWriteTokens: pick([null, 0, Math.floor(random() * 1e4)]),
    outputTokens: pick([null, 0, 1, 19, 20, Math.floor(random() * 1e5)]),
    reasoningTokens: pick([null, 0, 7]),
    startedAt: Math.floor(random() * 50),
    firstTokenMs: pick([null, 40, 900]),
    durationMs: pick([0, 40, 539, 540, 2_000]),
    localDay: pick(days),
  });
}
