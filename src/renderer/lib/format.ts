import { useTranslation } from 'react-i18next';
import { localDayOf } from './local-day.ts';

/** Everything a person reads that is not money, in their language. Money has `components/amount.tsx` and nothing else. */
export interface Format {
  /** `12,345`. */
  readonly count: (value: number) => string;
  /** `12.3K` or `1.2万`, for places without room. */
  readonly compactCount: (value: number) => string;
  /** `98%` for 0.98. Never rounds up to 100 or down to 0. */
  readonly percent: (share: number) => string;
  /** `0.41s`, `12s`, `3m 5s`. */
  readonly duration: (durationMs: number) => string;
  /** `4.2 MB`, in steps of 1,024. */
  readonly bytes: (sizeBytes: number) => string;
  /** `14:02`. */
  readonly time: (epochMs: number) => string;
  /** `Nov 2, 2026, 14:02:11`. */
  readonly dateTime: (epochMs: number) => string;
  /** `Nov 2, 14:02`, for rows of a list. */
  readonly shortDateTime: (epochMs: number) => string;
  /** `Nov 2`; with the year when it is not `today`'s. Takes and compares YYYY-MM-DD. */
  readonly day: (localDay: string, today?: string) => string;
  /** The day of an instant, as `day` writes it. */
  readonly dayOf: (epochMs: number, today?: string) => string;
  /** `Monday, November 2, 2026`. */
  readonly longDay: (localDay: string) => string;
  /** `November 2026`, of YYYY-MM. */
  readonly month: (localMonth: string) => string;
}

/** A calendar day as an instant that prints as that day in UTC, whatever zone the reader is in. */
function utcOf(localDay: string): Date {
  return new Date(`${localDay}T00:00:00Z`);
}

function durationFormat(locale: string): Format['duration'] {
  const unit = (name: 'second' | 'minute' | 'hour', digits: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'narrow', maximumFractionDigits: digits });
  const [fine, coarse, whole, minutes, hours] = [
    unit('second', 2),
    unit('second', 1),
    unit('second', 0),
    unit('minute', 0),
    unit('hour', 0),
  ];
  return (durationMs) => {
    const seconds = durationMs / 1_000;
    if (seconds < 9.995) return (seconds < 0.995 ? fine : coarse).format(seconds);
    const wholeSeconds = Math.round(seconds);
    if (wholeSeconds < 60) return whole.format(wholeSeconds);
    const wholeMinutes = Math.floor(wholeSeconds / 60);
    if (wholeMinutes < 60) return `${minutes.format(wholeMinutes)} ${whole.format(wholeSeconds % 60)}`;
    return `${hours.format(Math.floor(wholeMinutes / 60))} ${minutes.format(wholeMinutes % 60)}`;
  };
}

function bytesFormat(locale: string): Format['bytes'] {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const formats = units.map(
    (unit) =>
      new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: unit === 'byte' ? 'narrow' : 'short', maximumFractionDigits: 1 }),
  );
  return (sizeBytes) => {
    const step = sizeBytes < 1_024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(sizeBytes) / 10));
    const scaled = sizeBytes / 1_024 ** step;
    return formats[step]?.format(scaled >= 100 ? Math.round(scaled) : scaled) ?? '';
  };
}

const formats = new Map<string, Format>();

/** The formats of a locale; made once, which takes longer than drawing what they are used in. */
export function formatOf(locale: string): Format {
  const known = formats.get(locale);
  if (known !== undefined) return known;
  const format = createFormat(locale);
  formats.set(locale, format);
  return format;
}

function createFormat(locale: string): Format {
  const count = new Intl.NumberFormat(locale);
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 });
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' });
  const shortDateTime = new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const day = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' });
  const dayWithYear = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', year: 'numeric', timeZone: 'UTC' });
  const longDay = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  const dayText: Format['day'] = (localDay, today) =>
    (today === undefined || today.slice(0, 4) === localDay.slice(0, 4) ? day : dayWithYear).format(utcOf(localDay));
  const ownZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return {
    count: (value) => count.format(value),
    compactCount: (value) => compact.format(value),
    percent: (share) => percent.format(share > 0 && share < 1 ? Math.min(0.99, Math.max(0.01, Math.floor(share * 100) / 100)) : share),
    duration: durationFormat(locale),
    bytes: bytesFormat(locale),
    time: (epochMs) => time.format(epochMs),
    dateTime: (epochMs) => dateTime.format(epochMs),
    shortDateTime: (epochMs) => shortDateTime.format(epochMs),
    day: dayText,
    dayOf: (epochMs, today) => dayText(localDayOf(epochMs, ownZone), today),
    longDay: (localDay) => longDay.format(utcOf(localDay)),
    month: (localMonth) => month.format(utcOf(`${localMonth}-01`)),
  };
}

/** The formats of the language shown. */
export function useFormat(): Format {
  const { i18n } = useTranslation();
  return formatOf(i18n.language);
}
