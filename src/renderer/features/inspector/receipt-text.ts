import type { TFunction } from 'i18next';
import type { Receipt } from '../../../shared/contract/chat.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { amountTexts, rateText, totalTexts } from '../../components/amount-text.ts';
import type { Format } from '../../lib/format.ts';
import { receiptLines } from './split-amount.ts';

/** What a receipt is written with. */
export interface ReceiptWords {
  readonly t: TFunction<['shell', 'common']>;
  readonly common: TFunction;
  readonly locale: string;
  readonly format: Format;
}

function callText(call: UsageRecord, { t, common, locale, format }: ReceiptWords): string {
  const amount = amountTexts(call.amount, locale, common);
  const lines = receiptLines(call).map(({ kind, tokens, perMillion }) => {
    const rate = perMillion === null ? '' : ` × ${rateText(perMillion, locale, common)}`;
    return `  ${t(`receipt.line.${kind}`)}: ${format.count(tokens)}${rate}`;
  });
  const outcome = call.outcome === 'done' ? [] : [common(`outcome.${call.outcome}`)];
  const heading = [
    common(`purpose.${call.purpose}`),
    call.servedModel ?? call.requestedModel,
    format.dateTime(call.startedAt),
    ...outcome,
  ].join(' · ');
  return [heading, ...lines, `  ${amount.full}  ${amount.reason}`].join('\n');
}

/** A receipt as plain text, for pasting elsewhere. Amounts keep their marks. */
export function receiptText(receipt: Receipt, words: ReceiptWords): string {
  const total = totalTexts(receipt.total, words.locale, words.common);
  return [...receipt.calls.map((call) => callText(call, words)), `${words.t('receipt.total')}: ${total.full}  ${total.reason}`].join(
    '\n\n',
  );
}

/** A receipt as JSON: the usage records as they are stored, money in nano-dollars. */
export function receiptJson(receipt: Receipt): string {
  return JSON.stringify(receipt, null, 2);
}
