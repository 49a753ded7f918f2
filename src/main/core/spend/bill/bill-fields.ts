const earliestDay = '2020-01-01';
const latestDay = '2100-01-01';

/** The UTC day of an instant in seconds; null when it is not plausible. */
export function dayOfSeconds(seconds: number): string | null {
  if (!Number.isFinite(seconds) || seconds < 0 || seconds > 5_000_000_000) return null;
  return plausible(new Date(seconds * 1_000).toISOString().slice(0, 10));
}

/** The UTC day of a date or a time; a time without a zone is in UTC, as sellers write them. Null when it is none. */
export function dayOfText(text: string): string | null {
  const [, date, time = '00:00', zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?))?\s*(Z|UTC|[+-]\d{2}:?\d{2})?$/u.exec(text.trim()) ?? [];
  if (date === undefined) return null;
  const at = Date.parse(`${date}T${time}${zone === 'UTC' ? 'Z' : zone}`);
  return Number.isNaN(at) ? null : plausible(new Date(at).toISOString().slice(0, 10));
}

function plausible(day: string): string | null {
  return day >= earliestDay && day < latestDay ? day : null;
}

/** A count: empty is not given (null); what is no count is undefined. Some exports write whole numbers as `12.0`. */
export function countOf(value: unknown): number | null | undefined {
  if (value === undefined || value === null || value === '') return null;
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '-';
  if (!/^\d{1,15}(?:\.0*)?$/u.test(text)) return undefined;
  return Number(text);
}

/** Those of the values that are given, by name. */
export function givenOf(values: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== ''));
}

const secondsPerDay = 86_400;

/** When a bucket begins that is shorter than a day, in seconds, as text; null for a whole day. `end` is NaN where it is not given. */
export function partOfDay(start: number, end: number): string | null {
  return start % secondsPerDay !== 0 || end - start < secondsPerDay ? String(start) : null;
}

/**
 * The model in a line of OpenAI's costs: `gpt-4o-mini-2024-07-18, cached input`, `priority | gpt-5.6-sol, output, long context`,
 * `gpt-image-1 image, output`. What is no model (`web search tool calls`) stays as it is written.
 */
export function modelOfLineItem(lineItem: string): string {
  const text = lineItem.trim();
  const [head = '', ...rest] = text.split(',');
  if (rest.length === 0) return text;
  return head
    .replace(/^[^|]*\|/u, '')
    .replace(/\s+(?:text|audio|image|video)$/iu, '')
    .trim();
}
