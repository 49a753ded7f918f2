import { markOfAmount, markOfTotal, type Amount, type AmountMark, type AmountTotal } from '../../../shared/amount.ts';
import type { Message } from '../../../shared/contract/chat.ts';
import type { Purpose, UsageRecord } from '../../../shared/contract/usage.ts';

const purposeWords: Readonly<Record<Purpose, string>> = {
  answer: 'Answer',
  condense: 'Question rewritten',
  query_embedding: 'Question embedded',
  index_embedding: 'Documents embedded',
  title: 'Title',
  multi_query: 'Further queries written',
  rerank: 'Passages ranked again',
  summary: 'Conversation summarised',
};

/** The sources under an answer, one a line. */
export function sourceLines(message: Message): string[] {
  return message.sources.map(({ ordinal, documentName, page }) => `[${ordinal}] ${documentName}${page === null ? '' : `, page ${page}`}`);
}

/** The receipt of an answer: a line a call, then the total. Amounts always with their mark. */
export function receiptLines(message: Message): string[] {
  if (message.receipt === null) return [];
  const { calls, total } = message.receipt;
  return [...calls.map(callLine), `Total  ${totalText(total)}`];
}

function callLine(call: UsageRecord): string {
  const tokens = [
    `${count(call.inputTokens)} in`,
    ...(call.cacheReadTokens ? [`${count(call.cacheReadTokens)} cached`] : []),
    `${count(call.outputTokens)} out`,
    ...(call.reasoningTokens ? [`${count(call.reasoningTokens)} reasoning`] : []),
  ].join(' · ');
  const timing = call.firstTokenMs === null ? '' : ` · ${(call.firstTokenMs / 1000).toFixed(2)} s to first token`;
  const ending = call.outcome === 'done' ? '' : ` · ${call.outcome}`;
  return `${purposeWords[call.purpose]}  ${call.servedModel ?? call.requestedModel}  ${tokens}${timing}${ending}  ${amountText(call.amount)}`;
}

function count(tokens: number | null): string {
  return tokens === null ? '?' : tokens.toLocaleString('en');
}

function amountText(amount: Amount): string {
  return marked(markOfAmount(amount), 'costNanos' in amount ? amount.costNanos : 0);
}

function totalText(total: AmountTotal): string {
  return marked(markOfTotal(total), total.costNanos);
}

function marked(mark: AmountMark, nanos: number): string {
  switch (mark) {
    case 'none':
      return dollars(nanos);
    case 'about':
      return `≈ ${dollars(nanos)}`;
    case 'at_least':
      return `≥ ${dollars(nanos)}`;
    case 'no_price':
      return 'no price';
    case 'free':
      return 'free';
  }
}

/** Every digit: 1 nano-USD is the ninth decimal. */
function dollars(nanos: number): string {
  const text = (nanos / 1e9).toFixed(9).replace(/0{1,7}$/, '');
  return `$${text}`;
}
