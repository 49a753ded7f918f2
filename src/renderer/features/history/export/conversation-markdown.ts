import type { TFunction } from 'i18next';
import { addTotals, emptyTotal } from '../../../../shared/amount.ts';
import type { Message, Source } from '../../../../shared/contract/chat.ts';
import { totalTexts } from '../../../components/amount-text.ts';
import type { Format } from '../../../lib/format.ts';
import { escapeMarkdown } from '../../../lib/markdown-text.ts';

/** What a conversation is written with. */
export interface MarkdownWords {
  readonly t: TFunction<['portable', 'common']>;
  readonly common: TFunction;
  readonly locale: string;
  readonly format: Pick<Format, 'dateTime'>;
}

/** A branch as it is to be written; the messages oldest first. */
export interface WrittenBranch {
  readonly title: string;
  readonly createdAt: number;
  readonly messages: readonly Message[];
}

/**
 * The branch as Markdown: title, date and models, then each question and answer as it was written, with its sources, a note for each
 * image, and its cost where wished. Amounts keep their marks and all their digits.
 */
export function conversationMarkdown(branch: WrittenBranch, withCosts: boolean, words: MarkdownWords): string {
  const { t, common, locale, format } = words;
  const models = [...new Set(branch.messages.flatMap(({ modelLabel }) => modelLabel ?? []))];
  const facts = [format.dateTime(branch.createdAt), ...models.map(escapeMarkdown)].join(' · ');
  const total = branch.messages.reduce((sum, { receipt }) => addTotals(sum, receipt?.total ?? emptyTotal), emptyTotal);
  const { full, reason } = totalTexts(total, locale, common);
  return [
    `# ${escapeMarkdown(branch.title) || t('export.untitled')}`,
    facts,
    ...branch.messages.flatMap((message) => messageParts(message, withCosts, words)),
    ...(withCosts ? ['---', `**${t('export.total')}: ${full}** (${reason})`] : []),
  ]
    .join('\n\n')
    .concat('\n');
}

function messageParts(message: Message, withCosts: boolean, words: MarkdownWords): string[] {
  const { t, common, format } = words;
  const name = message.role === 'user' ? t('export.you') : escapeMarkdown(message.modelLabel ?? t('export.answer'));
  const outcome = message.status === 'done' || message.status === 'streaming' ? [] : [common(`outcome.${message.status}`)];
  return [
    '---',
    [`**${name}**`, format.dateTime(message.createdAt), ...outcome].join(' · '),
    ...[...message.images.map(({ name }) => name), ...(message.imported?.missingImages ?? [])].map(
      (image) => `*${t('export.image', { name: escapeMarkdown(image) || t('export.unnamedImage') })}*`,
    ),
    ...(message.text.trim() === '' ? [] : [closeFence(message.text.trim())]),
    ...sourceParts(message.sources, words),
    ...(withCosts && message.role === 'assistant' ? [costLine(message, words)] : []),
  ];
}

function sourceParts(sources: readonly Source[], { t }: MarkdownWords): string[] {
  if (sources.length === 0) return [];
  const lines = sources.map(({ ordinal, documentName, page }) => {
    const place = page === null ? '' : `, ${t('export.page', { page })}`;
    return `- [${ordinal}] ${escapeMarkdown(documentName)}${place}`;
  });
  return [`**${t('export.sources')}**`, lines.join('\n')];
}

function costLine({ receipt, imported }: Message, { t, common, locale }: MarkdownWords): string {
  if (imported !== null && receipt === null) return `${t('export.cost')}: ${t('imported.notCounted')}`;
  const { full, reason } = totalTexts(receipt?.total ?? emptyTotal, locale, common);
  return `${t('export.cost')}: ${full} (${reason})`;
}

/** An answer that was stopped inside a block of code would take all that follows it into the block. */
function closeFence(text: string): string {
  let open: string | null = null;
  for (const line of text.split('\n')) {
    const [, fence = '', info = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/u.exec(line) ?? [];
    if (fence === '') continue;
    if (open === null) {
      // A fence of backticks has none in what follows it.
      if (!fence.startsWith('`') || !info.includes('`')) open = fence;
    } else if (fence.startsWith(open) && info.trim() === '') open = null;
  }
  return open === null ? text : `${text}\n${open}`;
}
