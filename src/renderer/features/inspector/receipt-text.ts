import type { TFunction } from 'i18next';
import type { Receipt, Source } from '../../../shared/contract/chat.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { amountTexts, rateText, totalTexts } from '../../components/amount-text.ts';
import type { Format } from '../../lib/format.ts';
import { receiptLines, savedOf, type ReceiptLine } from './receipt-lines.ts';

/** What a receipt is written with. */
export interface ReceiptWords {
  readonly t: TFunction<['receipt', 'common']>;
  readonly common: TFunction;
  readonly locale: string;
  readonly format: Format;
}

/** What a line is for: `[2] notes.pdf, p. 7 (from the cache)`. */
export function lineName(line: ReceiptLine, sources: readonly Source[], { t }: ReceiptWords): string {
  const source = line.kind === 'passage' ? sources.find(({ ordinal }) => ordinal === line.ordinal) : undefined;
  const page = source?.page === null || source?.page === undefined ? '' : `, ${t('page', { page: source.page })}`;
  const name =
    source === undefined ? t(`line.${line.kind}`, { ordinal: line.ordinal ?? 1 }) : `[${source.ordinal}] ${source.documentName}${page}`;
  return line.cache === 'plain' ? name : `${name} (${t(line.cache === 'read' ? 'cached' : 'written')})`;
}

function lineText(line: ReceiptLine, sources: readonly Source[], words: ReceiptWords): string {
  const { common, locale, format } = words;
  const rate = line.perMillion === null ? '' : ` × ${rateText(line.perMillion, locale, common)}`;
  const cost = line.amount === null ? '' : ` = ${amountTexts(line.amount, locale, common).full}`;
  return `  ${lineName(line, sources, words)}: ${format.count(line.tokens)}${rate}${cost}`;
}

function callText(call: UsageRecord, receipt: Receipt, sources: readonly Source[], words: ReceiptWords): string {
  const { t, common, locale, format } = words;
  const amount = amountTexts(call.amount, locale, common);
  const lines = receiptLines(call, receipt.requestParts);
  const outcome = call.outcome === 'done' ? [] : [common(`outcome.${call.outcome}`)];
  const model = call.servedModel ?? call.requestedModel;
  const heading = [common(`purpose.${call.purpose}`), model, format.dateTime(call.startedAt), ...outcome].join(' · ');
  const savedNanos = savedOf(lines);
  const saved = amountTexts({ exactness: 'estimated', costNanos: savedNanos }, locale, common).full;
  return [
    heading,
    ...lines.map((line) => lineText(line, sources, words)),
    ...(savedNanos > 0 ? [`  ${t('savedByCache')}: ${saved}`] : []),
    ...(call.price === null ? [] : [`  ${t('prices', { source: call.price.source, version: call.price.version })}`]),
    `  ${amount.full}  ${amount.reason}`,
    ...(call.settledBy === null ? [] : [`  ${common(`settledAmount.${call.settledBy}`)}`]),
  ].join('\n');
}

/** A receipt as plain text, for pasting elsewhere. Amounts keep their marks. */
export function receiptText(receipt: Receipt, sources: readonly Source[], words: ReceiptWords): string {
  const total = totalTexts(receipt.total, words.locale, words.common);
  const calls = receipt.calls.map((call) => callText(call, receipt, sources, words));
  return [...calls, `${words.t('total')}: ${total.full}  ${total.reason}`].join('\n\n');
}

/** A receipt as JSON: the usage records as they are stored with their lines, money in nano-dollars. */
export function receiptJson({ total, calls, requestParts }: Receipt): string {
  return JSON.stringify({ total, calls: calls.map((call) => ({ ...call, lines: receiptLines(call, requestParts) })) }, null, 2);
}
