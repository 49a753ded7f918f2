import type { UsageRecord } from '../../../../shared/contract/usage.ts';
import type { Source } from '../../../../shared/contract/chat.ts';
import type { RequestPart } from '../../../../shared/contract/request-part.ts';
import { amountTexts, bareRateText, totalTexts } from '../../../components/amount-text.ts';
import { escapeMarkdown } from '../../../lib/markdown-text.ts';
import { receiptLines } from '../receipt-lines.ts';
import { lineName, type ReceiptWords } from '../receipt-text.ts';
import { excerptOf } from './excerpt.ts';
import type { AnswerReceipt, ConversationReceipts } from './group-receipts.ts';

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A call as a table of its parts. */
function callLines(call: UsageRecord, parts: readonly RequestPart[], sources: readonly Source[], words: ReceiptWords): string[] {
  const { t, common, locale, format } = words;
  const amount = amountTexts(call.amount, locale, common);
  const outcome = call.outcome === 'done' ? [] : [common(`outcome.${call.outcome}`)];
  const heading = [common(`purpose.${call.purpose}`), call.servedModel ?? call.requestedModel, format.dateTime(call.startedAt), ...outcome];
  const lines = receiptLines(call, [...parts]).map((line) =>
    row([
      escapeMarkdown(lineName(line, sources, words)),
      format.count(line.tokens),
      line.perMillion === null ? '' : bareRateText(line.perMillion, locale, common),
      line.amount === null ? '' : amountTexts(line.amount, locale, common).full,
    ]),
  );
  const price = call.price === null ? [] : [t('prices', { source: call.price.source, version: call.price.version })];
  const table =
    lines.length === 0
      ? [t('tokensUnknown')]
      : [row([t('part'), t('tokens'), t('rate'), t('cost')]), '| --- | ---: | ---: | ---: |', ...lines];
  return [
    `### ${heading.map(escapeMarkdown).join(' · ')}`,
    '',
    ...table,
    '',
    `**${amount.full}** ${escapeMarkdown([amount.reason, ...price].join(' '))}`,
    '',
  ];
}

function answerLines({ question, createdAt, receipt, sources }: AnswerReceipt, ordinal: number, words: ReceiptWords): string[] {
  const total = totalTexts(receipt.total, words.locale, words.common);
  const name = escapeMarkdown(excerptOf(question)) || words.t('receipts.noQuestion');
  return [
    `## ${words.format.count(ordinal)}. ${name}`,
    '',
    `${words.format.dateTime(createdAt)} · ${words.t('total')}: **${total.full}** (${total.reason})`,
    '',
    ...receipt.calls.flatMap((call) => callLines(call, receipt.requestParts, sources, words)),
  ];
}

/** The receipts of a conversation as Markdown. Amounts keep their marks and all their digits. */
export function receiptsMarkdown(receipts: ConversationReceipts, untitled: string, words: ReceiptWords): string {
  const { t, common, locale } = words;
  const line = (name: string, total: ConversationReceipts['total']): string => {
    const { full, reason } = totalTexts(total, locale, common);
    return row([name, full, reason]);
  };
  return [
    `# ${escapeMarkdown(receipts.title || untitled)}`,
    '',
    row(['', t('cost'), '']),
    '| --- | ---: | --- |',
    ...(receipts.otherCalls.length === 0
      ? []
      : [line(t('receipts.branch'), receipts.branch), line(t('receipts.elsewhere'), receipts.elsewhere)]),
    line(t('total'), receipts.total),
    '',
    ...receipts.answers.flatMap((answer, index) => answerLines(answer, index + 1, words)),
    ...(receipts.otherCalls.length === 0 ? [] : [`## ${t('receipts.elsewhere')}`, '']),
    ...receipts.otherCalls.flatMap((call) => callLines(call, [], [], words)),
  ].join('\n');
}
