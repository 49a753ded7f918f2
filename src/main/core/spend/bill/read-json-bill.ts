import { listOf, objectOf, textOf, type JsonObject } from '../json-fields.ts';
import { gatherRows, type ParsedBill, type RowReading } from './bill-entry.ts';
import { dayOfSeconds, dayOfText, givenOf, modelOfLineItem, partOfDay } from './bill-fields.ts';
import { parseDecimal } from './decimal-amount.ts';
import { withCounts } from './read-csv-bill.ts';

/** A result with the day of its bucket. */
interface DatedResult {
  readonly day: string | null;
  /** When its bucket begins, where that is shorter than a day. */
  readonly hour: string | null;
  /** null: nothing happened that day. */
  readonly result: JsonObject | null;
}

/**
 * Reads what OpenAI's costs and usage APIs answer (https://platform.openai.com/docs/api-reference/usage), one page or a list of
 * pages, or OpenRouter's activity API. Null when it is none of them.
 */
export function readJsonBill(json: unknown): ParsedBill | null {
  const pages = (Array.isArray(json) ? json : [json]).map(objectOf).filter((page) => page !== null);
  const data = pages.flatMap((page) => listOf(page['data']));
  if (data.length === 0) return null;
  const rows = data.map(objectOf);
  if (rows.some((row) => row !== null && 'usage' in row && 'date' in row)) {
    return gatherRows({ seller: 'openrouter', kind: 'activity', hasMorePages: false }, rows.map(openRouterDay), 1);
  }
  const results = rows.flatMap(resultsOf);
  const isCost = results.some(({ result }) => result !== null && 'amount' in result);
  const isUsage = results.some(({ result }) => result !== null && 'num_model_requests' in result);
  if (isCost === isUsage) return null;
  const hasMorePages = pages.at(-1)?.['has_more'] === true;
  return gatherRows(
    { seller: 'openai', kind: isCost ? 'costs' : 'usage', hasMorePages },
    results.map(isCost ? openAiCost : openAiUsage),
    1,
  );
}

function resultsOf(bucket: JsonObject | null): DatedResult[] {
  const start = typeof bucket?.['start_time'] === 'number' ? bucket['start_time'] : null;
  const end = typeof bucket?.['end_time'] === 'number' ? bucket['end_time'] : NaN;
  const day = start === null ? null : dayOfSeconds(start);
  const hour = start === null ? null : partOfDay(start, end);
  // The usage API has called them `result` at first.
  const results = [...listOf(bucket?.['results']), ...listOf(bucket?.['result'])].map(objectOf);
  return results.length === 0 ? [{ day, hour, result: null }] : results.map((result) => ({ day, hour, result }));
}

/** The project, the key and so on of a result; what it is not divided by is null. */
function openAiDims({ hour, result }: DatedResult): Record<string, string> {
  return givenOf({
    hour,
    organization: textOf(result?.['organization_id']),
    project: textOf(result?.['project_id']),
    user: textOf(result?.['user_id']),
    key: textOf(result?.['api_key_id']),
    batch: typeof result?.['batch'] === 'boolean' ? String(result['batch']) : null,
    tier: textOf(result?.['service_tier']),
  });
}

function openAiCost(dated: DatedResult): RowReading {
  const { day, result } = dated;
  if (day === null) return 'date';
  if (result === null) return { day, blank: true };
  const amount = objectOf(result['amount']);
  const value = amount?.['value'];
  const cost = typeof value === 'number' || typeof value === 'string' ? parseDecimal(String(value)) : null;
  if (cost === null) return 'amount';
  if ((textOf(amount?.['currency']) ?? 'usd').toLowerCase() !== 'usd') return 'currency';
  const line = textOf(result['line_item']) ?? '';
  return { day, item: modelOfLineItem(line), dims: { ...openAiDims(dated), ...givenOf({ line }) }, callId: null, cost, usage: null };
}

function openAiUsage(dated: DatedResult): RowReading {
  const { day, result } = dated;
  if (day === null) return 'date';
  if (result === null) return { day, blank: true };
  const counts = [result['num_model_requests'], result['input_tokens'], result['input_cached_tokens'], result['output_tokens']];
  return withCounts({ day, item: textOf(result['model']) ?? '', dims: openAiDims(dated), callId: null, cost: null }, counts);
}

function openRouterDay(row: JsonObject | null): RowReading {
  const day = dayOfText(textOf(row?.['date']) ?? '');
  if (row === null || day === null) return 'date';
  const cost = typeof row['usage'] === 'number' ? parseDecimal(String(row['usage'])) : null;
  if (cost === null) return 'amount';
  const item = textOf(row['model']) ?? textOf(row['model_permaslug']) ?? '';
  const dims = givenOf({ endpoint: textOf(row['endpoint_id']) ?? textOf(row['provider_name']) });
  return withCounts({ day, item, dims, callId: null, cost }, [row['requests'], row['prompt_tokens'], null, row['completion_tokens']]);
}
