import type { TFunction } from 'i18next';
import { markOfAmount, markOfTotal, type Amount, type AmountMark, type AmountTotal } from '../../shared/amount.ts';
import { formatOf } from '../lib/format.ts';

/*
 * The one place where nano-dollars become text. What leaves this file carries its mark, says in its name
 * that it is a rate or an axis, or is no amount at all; a bare money function is not exported.
 */

/** The texts of the default namespace, `common`. */
type Translate = TFunction;

const nanosPerDollar = 1_000_000_000;

/** nearest: as it is; down: a lower bound must not be rounded up past what is known. */
type Rounding = 'halfExpand' | 'floor';

const formats = new Map<string, Intl.NumberFormat>();

function dollars(value: number, locale: string, options: Intl.NumberFormatOptions): string {
  const key = `${locale} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol', ...options });
    formats.set(key, format);
  }
  return format.format(value);
}

/** Two significant figures below a cent, up to four decimals below a dollar, cents above. */
function money(costNanos: number, locale: string, roundingMode: Rounding): string {
  const value = costNanos / nanosPerDollar;
  if (costNanos !== 0 && value < 0.01) {
    return dollars(value, locale, { minimumSignificantDigits: 1, maximumSignificantDigits: 2, roundingMode });
  }
  const roundsToDollar = roundingMode === 'halfExpand' && value >= 0.999_95;
  if (value < 1 && !roundsToDollar) return dollars(value, locale, { minimumFractionDigits: 2, maximumFractionDigits: 4, roundingMode });
  return dollars(value, locale, { minimumFractionDigits: 2, maximumFractionDigits: 2, roundingMode });
}

/** Every digit there is: nine decimals, without the zeros at the end past the cents. */
function fullMoney(costNanos: number, locale: string): string {
  return dollars(costNanos / nanosPerDollar, locale, { minimumFractionDigits: 2, maximumFractionDigits: 9 });
}

type Write = (costNanos: number, rounding: Rounding) => string;

function marked(mark: AmountMark, costNanos: number, write: Write, t: Translate): string {
  switch (mark) {
    case 'none':
      return write(costNanos, 'halfExpand');
    case 'about':
      return `≈ ${write(costNanos, 'halfExpand')}`;
    case 'at_least':
      return `≥ ${write(costNanos, 'floor')}`;
    case 'no_price':
      return t('amount.noPrice');
    case 'free':
      return t('amount.free');
  }
}

function spoken(mark: AmountMark, costNanos: number, write: Write, t: Translate): string {
  if (mark === 'about') return t('amount.about', { money: write(costNanos, 'halfExpand') });
  if (mark === 'at_least') return t('amount.atLeast', { money: write(costNanos, 'floor') });
  return marked(mark, costNanos, write, t);
}

/** An amount in the forms it is shown in. */
export interface AmountTexts {
  /** `≈ $0.0412`. */
  readonly short: string;
  /** `≈ $0.041234567`: every digit. */
  readonly full: string;
  /** `about $0.0412`, for screen readers, which skip the signs. */
  readonly spoken: string;
  /** Why it has its mark, in a sentence. */
  readonly reason: string;
}

function textsOf(mark: AmountMark, costNanos: number, reason: string, locale: string, t: Translate): AmountTexts {
  const short: Write = (nanos, rounding) => money(nanos, locale, rounding);
  return {
    short: marked(mark, costNanos, short, t),
    full: marked(mark, costNanos, (nanos) => fullMoney(nanos, locale), t),
    spoken: spoken(mark, costNanos, short, t),
    reason,
  };
}

/** One call's amount in words and figures. */
export function amountTexts(amount: Amount, locale: string, t: Translate): AmountTexts {
  const costNanos = 'costNanos' in amount ? amount.costNanos : 0;
  return textsOf(markOfAmount(amount), costNanos, t(`exactness.${amount.exactness}`), locale, t);
}

/** A total in words and figures. A total of no calls is `–`. */
export function totalTexts(total: AmountTotal, locale: string, t: Translate): AmountTexts {
  if (total.callCount === 0) {
    const reason = t('amount.noCalls');
    return { short: '–', full: '–', spoken: reason, reason };
  }
  return textsOf(markOfTotal(total), total.costNanos, totalInWords(total, locale, t), locale, t);
}

/** `12 calls: 2 estimated, 1 without a price`. */
function totalInWords(total: AmountTotal, locale: string, t: Translate): string {
  const formatted = (value: number) => ({ formatted: formatOf(locale).count(value) });
  const parts: string[] = [
    total.estimatedCount > 0 ? t('total.estimated', formatted(total.estimatedCount)) : null,
    total.lowerBoundCount > 0 ? t('total.lowerBound', formatted(total.lowerBoundCount)) : null,
    total.noPriceCount > 0 ? t('total.noPrice', formatted(total.noPriceCount)) : null,
    total.freeCount > 0 && total.freeCount < total.callCount ? t('total.free', formatted(total.freeCount)) : null,
  ].filter((part) => part !== null);
  const mark = markOfTotal(total);
  if (mark === 'none') parts.unshift(t('total.allExact'));
  const calls = t('total.calls', { count: total.callCount, ...formatted(total.callCount) });
  return [calls, ...parts].join(' · ');
}

/** `98% exact`: how much of the money is known to the last digit. Null where there is no money. */
export function exactShareText(total: AmountTotal, percent: (share: number) => string, t: Translate): string | null {
  const mark = markOfTotal(total);
  if (total.callCount === 0 || mark === 'free' || mark === 'no_price') return null;
  if (mark === 'none') return t('total.allExact');
  if (total.exactNanos === 0) return t('total.noneExact');
  // A call without a price adds nothing to the sum, yet the sum is not all there is.
  const share = total.exactNanos / total.costNanos;
  return t('total.exactShare', { percent: percent(Math.min(share, 0.99)) });
}

/** A price, not a cost: `$0.25 / 1M`. Needs no mark, since nothing was spent by it. */
export function rateText(usdPerMillion: number, locale: string, t: Translate): string {
  if (usdPerMillion === 0) return t('amount.free');
  return t('amount.perMillion', { money: bareRateText(usdPerMillion, locale, t) });
}

/** The same for a column whose heading says that it is per million tokens: `$0.25`. */
export function bareRateText(usdPerMillion: number, locale: string, t: Translate): string {
  if (usdPerMillion === 0) return t('amount.free');
  return dollars(usdPerMillion, locale, { minimumFractionDigits: 2, maximumFractionDigits: 6 });
}

/** What the provider's cache took off the bill: nobody spent it, hence no mark. Below 0 where writing to it cost more. */
export function savingsText(savedNanos: number, locale: string): string {
  return savedNanos < 0 ? `−${money(-savedNanos, locale, 'halfExpand')}` : money(savedNanos, locale, 'halfExpand');
}

/** A difference between two amounts, with its sign; nobody spent it, hence no mark. */
export function differenceText(nanos: number, locale: string): string {
  return nanos > 0 ? `+${savingsText(nanos, locale)}` : savingsText(nanos, locale);
}

/** What a month may come to: a projection, so always about. */
export function projectionText(costNanos: number, locale: string): string {
  return `≈ ${money(costNanos, locale, 'halfExpand')}`;
}

/** A limit somebody chose, not an amount anybody spent, hence without a mark: `$0.01`. */
export function limitText(costNanos: number, locale: string): string {
  return fullMoney(costNanos, locale);
}

/**
 * A tick of a chart's axis: a place on a scale, not an amount anybody spent, hence without a mark.
 * `stepNanos` is the distance between ticks, so that all of them show as many decimals.
 */
export function axisTickText(costNanos: number, stepNanos: number, locale: string): string {
  const step = stepNanos / nanosPerDollar;
  // Steps are 1, 2, 2.5 or 5 times a power of ten: one decimal more than the power, unless it divides evenly.
  const power = Math.max(0, -Math.floor(Math.log10(step)));
  const isEven = Number.isInteger(Math.round(step * 10 ** (power + 1)) / 10);
  const digits = Math.min(9, isEven ? power : power + 1);
  return dollars(costNanos / nanosPerDollar, locale, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
