import { Copy } from 'lucide-react';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { Receipt } from '../../../shared/contract/chat.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { AmountText, AmountTotalText, ExactShare, RateText } from '../../components/amount.tsx';
import { Badge } from '../../components/ui/badge.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Card } from '../../components/ui/card.tsx';
import { useFormat } from '../../lib/format.ts';
import { receiptJson, receiptText } from './receipt-text.ts';
import { receiptLines, tokensPerSecond } from './split-amount.ts';

/** Every call behind an answer: tokens, rates and money, adding up to the total. */
export function ReceiptPanel({ receipt }: { receipt: Receipt | null }) {
  const { t } = useTranslation('shell');
  if (receipt === null) return <p className="p-4 text-muted">{t('receipt.notYet')}</p>;
  return (
    <div className="flex flex-col gap-3 p-4">
      <div className="flex items-baseline justify-between gap-2">
        <h3 className="font-medium">{t('receipt.total')}</h3>
        <span className="flex items-baseline gap-2">
          <ExactShare total={receipt.total} className="text-sm text-muted" />
          <AmountTotalText total={receipt.total} full className="text-lg font-semibold" />
        </span>
      </div>
      {receipt.calls.map((call) => (
        <CallCard key={call.id} call={call} />
      ))}
      <CopyReceipt receipt={receipt} />
    </div>
  );
}

function CallCard({ call }: { call: UsageRecord }) {
  const { t } = useTranslation(['shell', 'common']);
  const format = useFormat();
  const speed = tokensPerSecond(call);
  const facts: [string, string][] = [
    [t('receipt.provider'), call.providerName],
    [t('receipt.started'), format.dateTime(call.startedAt)],
    [t('receipt.took'), format.duration(call.durationMs)],
  ];
  if (call.firstTokenMs !== null) facts.push([t('receipt.firstToken'), format.duration(call.firstTokenMs)]);
  if (speed !== null) facts.push([t('receipt.speed'), t('receipt.perSecond', { formatted: format.count(Math.round(speed)) })]);
  if (call.attempt > 1) facts.push([t('receipt.attempt'), format.count(call.attempt)]);
  if (call.serviceTier !== null) facts.push([t('receipt.tier'), call.serviceTier]);
  if (call.price !== null) facts.push([t('receipt.prices'), `${call.price.source} ${call.price.version}`]);
  return (
    <Card className="overflow-hidden">
      <div className="flex items-start justify-between gap-3 px-3 pt-2.5">
        <div className="min-w-0">
          <p className="flex items-center gap-2 font-medium">
            {t(`common:purpose.${call.purpose}`)}
            {call.outcome !== 'done' && (
              <Badge tone={call.outcome === 'failed' ? 'danger' : 'warn'}>{t(`common:outcome.${call.outcome}`)}</Badge>
            )}
          </p>
          <p className="text-sm wrap-anywhere text-muted">{call.servedModel ?? call.requestedModel}</p>
        </div>
        <AmountText amount={call.amount} full className="font-medium" />
      </div>
      <TokenTable call={call} />
      <p className="px-3 pb-2 text-sm text-muted">{t(`common:exactness.${reasonOf(call)}`)}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 border-t bg-sunken px-3 py-2 text-sm">
        {facts.map(([name, value]) => (
          <Fragment key={name}>
            <dt className="text-faint">{name}</dt>
            <dd className="text-right tabular text-muted">{value}</dd>
          </Fragment>
        ))}
      </dl>
    </Card>
  );
}

/** Why the amount is as sure as it is. The provider's own counts are estimates only where its price had to be assumed. */
function reasonOf({ amount, tokenSource }: UsageRecord): UsageRecord['amount']['exactness'] | 'assumedPrice' {
  return amount.exactness === 'estimated' && tokenSource === 'provider' ? 'assumedPrice' : amount.exactness;
}

function TokenTable({ call }: { call: UsageRecord }) {
  const { t } = useTranslation('shell');
  const format = useFormat();
  const lines = receiptLines(call);
  if (lines.length === 0) return <p className="px-3 py-2 text-sm text-muted">{t('receipt.tokensUnknown')}</p>;
  const { exactness } = call.amount;
  return (
    <table className="my-2 w-full text-sm tabular">
      <thead className="sr-only">
        <tr>
          <th scope="col">{t('receipt.share')}</th>
          <th scope="col">{t('receipt.tokens')}</th>
          <th scope="col">{t('receipt.rate')}</th>
          <th scope="col">{t('receipt.cost')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(({ kind, tokens, perMillion, costNanos }) => (
          <tr key={kind}>
            <th scope="row" className="w-full py-0.5 pl-3 text-left font-normal text-muted">
              {t(`receipt.line.${kind}`)}
            </th>
            <td className="py-0.5 text-right">{format.count(tokens)}</td>
            <td className="py-0.5 pl-3 text-right text-faint">{perMillion !== null && <RateText usdPerMillion={perMillion} />}</td>
            <td className="py-0.5 pr-3 pl-3 text-right">
              {costNanos !== null && exactness !== 'free' && exactness !== 'no_price' && (
                <AmountText amount={{ exactness, costNanos }} full />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function CopyReceipt({ receipt }: { receipt: Receipt }) {
  const { t, i18n } = useTranslation(['shell', 'common']);
  const { t: common } = useTranslation('common');
  const format = useFormat();
  function copy(text: string): void {
    void navigator.clipboard.writeText(text).then(() => toast.success(t('common:copied')));
  }
  return (
    <div className="flex gap-2">
      <Button size="sm" onClick={() => copy(receiptText(receipt, { t, common, locale: i18n.language, format }))}>
        <Copy className="size-3.5" aria-hidden />
        {t('receipt.copyText')}
      </Button>
      <Button size="sm" onClick={() => copy(receiptJson(receipt))}>
        <Copy className="size-3.5" aria-hidden />
        {t('receipt.copyJson')}
      </Button>
    </div>
  );
}
