import { dsvFormat } from 'd3-dsv';
import type { BillKind, Seller } from '../../../../shared/contract/bill.ts';
import { gatherRows, type ParsedBill, type RowReading } from './bill-entry.ts';
import { countOf, dayOfSeconds, dayOfText, modelOfLineItem } from './bill-fields.ts';
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

function openAiCost(row: Row, hasDecimalComma: boolean): RowReading {
  const day = openAiDay(row);
  if (day === null) return 'date';
  if (row('amount_value') === '') return { day, blank: true };
  const cost = parseDecimal(row('amount_value'), hasDecimalComma);
  if (cost === null) return 'amount';
  if (!['usd', ''].includes(row('amount_currency').toLowerCase())) return 'currency';
  return { day, item: modelOfLineItem(row('line_item')), cost, usage: null };
}

function openAiUsage(row: Row): RowReading {
  const day = openAiDay(row);
  if (day === null) return 'date';
  if (row('num_model_requests') === '' && row('input_tokens') === '') return { day, blank: true };
  return withCounts(day, row('model'), null, [
    row('num_model_requests'),
    row('input_tokens'),
    row('input_cached_tokens'),
    row('output_tokens'),
  ]);
}

function openRouterCall(row: Row, hasDecimalComma: boolean): RowReading {
  const day = dayOfText(row('created_at'));
  if (day === null) return 'date';
  const cost = parseDecimal(row('cost_total') === '' ? '0' : row('cost_total'), hasDecimalComma);
  if (cost === null) return 'amount';
  return withCounts(day, row('model_permaslug'), cost, ['1', row('tokens_prompt'), row('tokens_cached'), row('tokens_completion')]);
}

function openRouterDay(row: Row, hasDecimalComma: boolean): RowReading {
  const day = dayOfText(row('date'));
  if (day === null) return 'date';
  const cost = parseDecimal(row('usage') === '' ? '0' : row('usage'), hasDecimalComma);
  if (cost === null) return 'amount';
  const item = row('model') === '' ? row('model_permaslug') : row('model');
  return withCounts(day, item, cost, [row('requests'), row('prompt_tokens'), '', row('completion_tokens')]);
}

/** An entry with its counts: requests, input, cached input, output. */
export function withCounts(day: string, item: string, cost: bigint | null, values: readonly unknown[]): RowReading {
  const [requestCount, inputTokens, cachedTokens, outputTokens] = values.map(countOf);
  if (requestCount === undefined || inputTokens === undefined || cachedTokens === undefined || outputTokens === undefined) return 'count';
  return { day, item, cost, usage: { requestCount, inputTokens, cachedTokens, outputTokens } };
}
