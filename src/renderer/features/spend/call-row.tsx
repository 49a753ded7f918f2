import { useTranslation } from 'react-i18next';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { AmountText } from '../../components/amount.tsx';
import { useErrorSentence } from '../../components/error-sentence.ts';
import type { RowPlacement } from '../../components/long-table-body.tsx';
import { Badge } from '../../components/ui/badge.tsx';
import { cn } from '../../lib/cn.ts';
import { useFormat } from '../../lib/format.ts';
import { hrefOf } from '../../navigation/place.ts';

export type CallRecord = UsageRecord & { readonly conversationTitle: string | null };

/** The columns of the table of calls; the narrower the page, the fewer. */
export const callGrid =
  'grid items-baseline gap-x-4 grid-cols-[8.5rem_minmax(0,1fr)_minmax(0,1.2fr)_5rem] lg:grid-cols-[8.5rem_minmax(0,1fr)_minmax(0,1.2fr)_minmax(0,1.2fr)_4.5rem_4.5rem_4.5rem_5.5rem]';

/** Cells that only a wide page has room for. */
export const wideCallCell = 'hidden lg:block';

function Outcome({ record }: { record: CallRecord }) {
  const { t } = useTranslation('spend');
  const common = useTranslation('common').t;
  const sentenceOf = useErrorSentence();
  if (record.outcome === 'done' && record.attempt === 1 && record.settledBy === null) return null;
  const reason = record.errorCode === null ? null : sentenceOf({ code: record.errorCode }).title;
  return (
    <span className="flex flex-wrap items-center gap-x-1.5 text-xs text-muted" title={reason ?? undefined}>
      {record.outcome !== 'done' && (
        <Badge tone={record.outcome === 'failed' ? 'danger' : 'neutral'}>{common(`outcome.${record.outcome}`)}</Badge>
      )}
      {record.attempt > 1 && t('calls.attempt', { attempt: record.attempt })}
      {record.settledBy !== null && <Badge>{common(`settledBy.${record.settledBy}`)}</Badge>}
    </span>
  );
}

function ConversationLink({ record }: { record: CallRecord }) {
  const { t } = useTranslation('spend');
  if (record.conversationId === null) return <span className="text-faint">{t('calls.noConversation')}</span>;
  if (record.conversationTitle === null) return <span className="text-faint">{t('calls.removedConversation')}</span>;
  const href = hrefOf({ name: 'chat', conversationId: record.conversationId, messageId: record.messageId });
  return (
    <a href={href} className="block truncate text-accent hover:underline">
      {record.conversationTitle}
    </a>
  );
}

/** One call to a model, as it was booked. */
export function CallRow({ record, placement }: { record: CallRecord; placement: RowPlacement }) {
  const { t } = useTranslation('spend');
  const common = useTranslation('common').t;
  const format = useFormat();
  const tokens = (count: number | null) => (count === null ? <span title={t('calls.tokensUnknown')}>–</span> : format.count(count));
  const tokenCell = cn(wideCallCell, 'text-right text-muted');
  return (
    <tr {...placement} className={cn(callGrid, 'border-b px-3 py-2 text-sm tabular hover:bg-sunken')}>
      <td className="whitespace-nowrap text-muted">{format.shortDateTime(record.startedAt)}</td>
      <td className="min-w-0">
        {common(`purpose.${record.purpose}`)}
        <Outcome record={record} />
      </td>
      <td className="min-w-0">
        <span className="flex items-center gap-1.5">
          <span className="truncate" title={record.servedModel ?? record.requestedModel}>
            {record.servedModel ?? record.requestedModel}
          </span>
          {record.providerKind !== 'remote' && <Badge>{t(`calls.${record.providerKind}`)}</Badge>}
        </span>
        <span className="block truncate text-xs text-faint">{record.providerName}</span>
      </td>
      <td className={cn(wideCallCell, 'min-w-0')}>
        <ConversationLink record={record} />
      </td>
      <td className={tokenCell}>{tokens(record.inputTokens)}</td>
      <td className={tokenCell}>{tokens(record.cacheReadTokens)}</td>
      <td className={tokenCell}>{tokens(record.outputTokens)}</td>
      <td className="text-right">
        <AmountText amount={record.amount} />
      </td>
    </tr>
  );
}
