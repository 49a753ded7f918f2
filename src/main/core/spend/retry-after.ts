/** How long a reply asks to wait, in milliseconds: `retry-after-ms`, `retry-after` in seconds or as a date, or in words. */
export function retryAfterMs(header: (name: string) => string | null, text: string, now: number | null): number | null {
  const milliseconds = Number(header('retry-after-ms') ?? Number.NaN);
  if (milliseconds >= 0) return Math.round(milliseconds);
  const value = header('retry-after');
  const seconds = Number(value?.trim() || Number.NaN);
  if (seconds >= 0) return Math.round(seconds * 1_000);
  const date = Date.parse(value ?? '');
  if (now !== null && !Number.isNaN(date)) return Math.max(0, date - now);
  const words = /(?:try again in|retry after)\s+(?:(\d+)m(?!s))?(\d+(?:\.\d+)?)?(ms|s)?/i.exec(text);
  if (words === null || (words[1] === undefined && words[2] === undefined)) return null;
  const rest = Number(words[2] ?? 0) * (words[3] === 'ms' ? 1 : 1_000);
  return Math.round(Number(words[1] ?? 0) * 60_000 + rest);
}
