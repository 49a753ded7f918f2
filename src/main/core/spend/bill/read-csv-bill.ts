import { dsvFormat } from 'd3-dsv';
import type { BillKind, Seller } from '../../../../shared/contract/bill.ts';
import { gatherRows, type BillEntry, type ParsedBill, type RowReading } from './bill-entry.ts';
import { countOf, dayOfSeconds, dayOfText, givenOf, modelOfLineItem, partOfDay } from './bill-fields.ts';
import { parseDecimal } from './decimal-amount.ts';

/** A row by its columns' names, in lower case. */
type Row = (column: string) => string;

interface CsvFormat {
  readonly seller: Seller;
  readonly kind: BillKind;
  /** Columns that tell this format from the others. */
  readonly columns: readonly string[];
  readonly read: (row: Row, hasDecimalComma: boolean) => RowReading;
}

/**
 * The exports that are known, by the columns they have: those of OpenAI's usage page, whose names are those of its costs and usage
 * APIs (https://platform.openai.com/docs/api-reference/usage), and of OpenRouter's activity page, call by call or by day.
 */
const formats: readonly CsvFormat[] = [
  { seller: 'openai', kind: 'costs', columns: ['amount_value'], read: openAiCost },
  { seller: 'openai', kind: 'usage', columns: ['num_model_requests', 'input_tokens'], read: openAiUsage },
  { seller: 'openrouter', kind: 'activity', columns: ['cost_total', 'model_permaslug'], read: openRouterCall },
  { seller: 'openrouter', kind: 'activity', columns: ['usage', 'requests', 'model_permaslug'], read: openRouterDay },
];

/** Reads a table with a heading; null when it is none that is known. Columns may come in any order, after `,`, `;` or tabs. */
export function readCsvBill(text: string): ParsedBill | null {
  const heading = text.slice(0, text.search(/\r|\n|$/u));
  const delimiter = [',', ';', '\t'].toSorted((a, b) => heading.split(b).length - heading.split(a).length)[0] ?? ',';
  const [columns, ...rows] = dsvFormat(delimiter).parseRows(text);
  if (columns === undefined) return null;
  const places = new Map(columns.map((column, index) => [column.trim().toLowerCase(), index]));
  const format = formats.find((known) => known.columns.every((column) => places.has(column)));
  if (format === undefined) return null;
  const filled = rows.filter((cells) => cells.some((cell) => cell !== ''));
  const readings = filled.map((cells): RowReading => {
    if (cells.length !== columns.length) return 'columns';
    return format.read((column) => cells[places.get(column) ?? -1]?.trim() ?? '', delimiter === ';');
  });
  return gatherRows({ seller: format.seller, kind: format.kind, hasMorePages: false }, readings, 2);
}

function openAiDay(row: Row): string | null {
  const seconds = row('start_time');
  return seconds === '' ? dayOfText(row('start_time_iso')) : dayOfSeconds(Number(seconds));
}

/** The project, the key and so on of a row; a file has columns only for what it is divided by. */
function openAiDims(row: Row): Record<string, string> {
  return givenOf({
    hour: row('start_time') === '' ? null : partOfDay(Number(row('start_time')), row('end_time') === '' ? NaN : Number(row('end_time'))),
    organization: row('organization_id'),
    project: row('project_id') === '' ? row('project_name') : row('project_id'),
    user: row('user_id') === '' ? row('user_email') : row('user_id'),
    key: row('api_key_id') === '' ? row('api_key_name') : row('api_key_id'),
    batch: row('batch'),
    tier: row('service_tier'),
  });
}

function openAiCost(row: Row, hasDecimalComma: boolean): RowReading {
  const day = openAiDay(row);
  if (day === null) return 'date';
  if (row('amount_value') === '') return { day, blank: true };
  const cost = parseDecimal(row('amount_value'), hasDecimalComma);
  if (cost === null) return 'amount';
  if (!['usd', ''].includes(row('amount_currency').toLowerCase())) return 'currency';
  const dims = { ...openAiDims(row), ...givenOf({ line: row('line_item') }) };
  return { day, item: modelOfLineItem(row('line_item')), dims, callId: null, cost, usage: null };
}

function openAiUsage(row: Row): RowReading {
  const day = openAiDay(row);
  if (day === null) return 'date';
  if (row('num_model_requests') === '' && row('input_tokens') === '') return { day, blank: true };
  const counts = [row('num_model_requests'), row('input_tokens'), row('input_cached_tokens'), row('output_tokens')];
  return withCounts({ day, item: row('model'), dims: openAiDims(row), callId: null, cost: null }, counts);
}

function openRouterCall(row: Row, hasDecimalComma: boolean): RowReading {
  const day = dayOfText(row('created_at'));
  if (day === null) return 'date';
  const cost = parseDecimal(row('cost_total') === '' ? '0' : row('cost_total'), hasDecimalComma);
  if (cost === null) return 'amount';
  const callId = row('generation_id') === '' ? null : row('generation_id');
  const counts = ['1', row('tokens_prompt'), row('tokens_cached'), row('tokens_completion')];
  return withCounts({ day, item: row('model_permaslug'), dims: givenOf({ call: callId }), callId, cost }, counts);
}

function openRouterDay(row: Row, hasDecimalComma: boolean): RowReading {
  const day = dayOfText(row('date'));
  if (day === null) return 'date';
  const cost = parseDecimal(row('usage') === '' ? '0' : row('usage'), hasDecimalComma);
  if (cost === null) return 'amount';
  const item = row('model') === '' ? row('model_permaslug') : row('model');
  const dims = givenOf({ endpoint: row('endpoint_id') === '' ? row('provider_name') : row('endpoint_id'), key: row('api_key_name') });
  return withCounts({ day, item, dims, callId: null, cost }, [row('requests'), row('prompt_tokens'), '', row('completion_tokens')]);
}

/** An entry with its counts: requests, input, cached input, output. */
export function withCounts(entry: Omit<BillEntry, 'usage'>, values: readonly unknown[]): RowReading {
  const [requestCount, inputTokens, cachedTokens, outputTokens] = values.map(countOf);
  if (requestCount === undefined || inputTokens === undefined || cachedTokens === undefined || outputTokens === undefined) return 'count';
  return { ...entry, usage: { requestCount, inputTokens, cachedTokens, outputTokens } };
}
