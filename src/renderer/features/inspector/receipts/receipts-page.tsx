import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Download, Printer, ReceiptText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { AmountTotalText, ExactShare } from '../../../components/amount.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf } from '../../../components/error-sentence.ts';
import { Page } from '../../../components/page.tsx';
import { Button } from '../../../components/ui/button.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { useFormat } from '../../../lib/format.ts';
import { mediaTypes, saveFile } from '../../../lib/save-file.ts';
import { hrefOf } from '../../../navigation/place.ts';
import { ReceiptCall } from '../receipt-call.tsx';
import { excerptOf } from './excerpt.ts';
import type { AnswerReceipt, ConversationReceipts } from './group-receipts.ts';
import { readReceipts } from './read-receipts.ts';
import { receiptsMarkdown } from './receipts-markdown.ts';

interface ReceiptsPageProps {
  conversationId: string;
}

/** Every receipt of a conversation, to read, to print and to take along. */
export function ReceiptsPage({ conversationId }: ReceiptsPageProps) {
  const { t } = useTranslation('receipt');
  // Asked for anew each time it is opened: it is a picture of one moment.
  const { data, error, refetch } = useQuery({
    queryKey: ['conversation receipts', conversationId],
    queryFn: ({ signal }) => readReceipts(conversationId, signal),
    staleTime: 0,
    gcTime: 0,
  });
  return (
    <Page
      title={t('receipts.title')}
      width="narrow"
      actions={data === undefined ? undefined : <Actions receipts={data} conversationId={conversationId} />}
    >
      {error !== null && <ErrorMessage failure={failureOf(error)} onRetry={() => void refetch()} />}
      {error === null && data === undefined && <Skeleton className="h-40 w-full" />}
      {data !== undefined && <Receipts receipts={data} conversationId={conversationId} />}
    </Page>
  );
}

function Actions({ receipts, conversationId }: { receipts: ConversationReceipts } & ReceiptsPageProps) {
  const { t, i18n } = useTranslation(['receipt', 'common']);
  const { t: common } = useTranslation('common');
  const { t: chat } = useTranslation('chat');
  const format = useFormat();
  const save = () =>
    saveFile(
      `tally-receipts-${conversationId.slice(0, 8)}.md`,
      receiptsMarkdown(receipts, chat('conversation.untitled'), { t, common, locale: i18n.language, format }),
      mediaTypes.markdown,
    );
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      <a
        href={hrefOf({ name: 'chat', conversationId, messageId: null })}
        className="flex h-8 items-center gap-1.5 rounded-md px-2.5 text-muted hover:bg-hover hover:text-ink"
      >
        <ArrowLeft className="size-4" aria-hidden />
        {t('receipts.back')}
      </a>
      <Button onClick={save}>
        <Download className="size-4" aria-hidden />
        {t('receipts.markdown')}
      </Button>
      <Button onClick={() => window.print()}>
        <Printer className="size-4" aria-hidden />
        {t('receipts.print')}
      </Button>
    </div>
  );
}

function Receipts({ receipts, conversationId }: { receipts: ConversationReceipts } & ReceiptsPageProps) {
  const { t } = useTranslation('receipt');
  const { t: chat } = useTranslation('chat');
  const { answers, otherCalls, branch, elsewhere, total } = receipts;
  return (
    <>
      <h2 className="text-lg font-semibold wrap-anywhere">{receipts.title || chat('conversation.untitled')}</h2>
      {total.callCount === 0 ? (
        <EmptyState icon={<ReceiptText />} title={t('receipts.emptyTitle')}>
          {t('receipts.emptyBody')}
        </EmptyState>
      ) : (
        <dl className="mt-3 rounded-lg border">
          {otherCalls.length > 0 && (
            <>
              <Sum name={t('receipts.branch')} total={branch} />
              <Sum name={t('receipts.elsewhere')} total={elsewhere} />
            </>
          )}
          <Sum name={t('total')} total={total} isLast />
        </dl>
      )}
      {answers.map((answer, index) => (
        <AnswerSection key={answer.messageId} answer={answer} ordinal={index + 1} conversationId={conversationId} />
      ))}
      {otherCalls.length > 0 && (
        <section className="mt-8">
          <h3 className="font-semibold">{t('receipts.elsewhere')}</h3>
          {otherCalls.map((call) => (
            <ReceiptCall key={call.id} call={call} parts={[]} sources={[]} />
          ))}
        </section>
      )}
    </>
  );
}

function Sum({ name, total, isLast = false }: { name: string; total: ConversationReceipts['total']; isLast?: boolean }) {
  return (
    <div
      className={
        isLast ? 'flex items-baseline justify-between gap-4 px-3 py-2' : 'flex items-baseline justify-between gap-4 border-b px-3 py-2'
      }
    >
      <dt className={isLast ? 'font-medium' : 'text-muted'}>{name}</dt>
      <dd className="flex items-baseline gap-2">
        {isLast && <ExactShare total={total} className="text-sm text-muted" />}
        <AmountTotalText total={total} full className={isLast ? 'text-lg font-semibold' : 'font-medium'} />
      </dd>
    </div>
  );
}

interface AnswerSectionProps extends ReceiptsPageProps {
  answer: AnswerReceipt;
  ordinal: number;
}

/** Not laid out before it comes into view: a conversation may have thousands. */
function AnswerSection({ answer, ordinal, conversationId }: AnswerSectionProps) {
  const { t } = useTranslation('receipt');
  const format = useFormat();
  const { receipt, sources, question, createdAt, messageId } = answer;
  return (
    <section className="mt-8 [contain-intrinsic-size:auto_16rem] [content-visibility:auto] print:[content-visibility:visible]">
      <div className="flex items-baseline justify-between gap-4">
        <h3 className="min-w-0 font-semibold wrap-anywhere">
          <span className="text-faint tabular">{format.count(ordinal)}.</span>{' '}
          <a href={hrefOf({ name: 'chat', conversationId, messageId })} className="hover:underline">
            {excerptOf(question) || t('receipts.noQuestion')}
          </a>
        </h3>
        <AmountTotalText total={receipt.total} full className="shrink-0 font-semibold" />
      </div>
      <p className="text-sm text-faint">{format.dateTime(createdAt)}</p>
      {receipt.calls.map((call) => (
        <ReceiptCall key={call.id} call={call} parts={receipt.requestParts} sources={sources} />
      ))}
    </section>
  );
}
