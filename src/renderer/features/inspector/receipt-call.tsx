import { useTranslation } from 'react-i18next';
import type { Source } from '../../../shared/contract/chat.ts';
import type { RequestPart } from '../../../shared/contract/request-part.ts';
import type { UsageRecord } from '../../../shared/contract/usage.ts';
import { AmountText, RateText } from '../../components/amount.tsx';
import { Badge } from '../../components/ui/badge.tsx';
import { cn } from '../../lib/cn.ts';
import { useFormat } from '../../lib/format.ts';
import { hrefOf } from '../../navigation/place.ts';
import { receiptLines, savedOf, tokensPerSecond, type ReceiptLine } from './receipt-lines.ts';

interface ReceiptCallProps {
  call: UsageRecord;
  /** Of the request for the answer. */
  parts: readonly RequestPart[];
  sources: readonly Source[];
}

/** One call on the receipt: what it was for, its parts, and how sure its amount is. */
export function ReceiptCall({ call, parts, sources }: ReceiptCallProps) {
  const { t } = useTranslation(['receipt', 'common']);
  const lines = receiptLines(call, [...parts]);
  return (
    <section className="mt-3 border-t pt-3">
      <div className="flex items-baseline justify-between gap-3">
        <h4 className="flex min-w-0 flex-wrap items-baseline gap-x-2 font-medium">
          <span>{t(`common:purpose.${call.purpose}`)}</span>
          {call.outcome !== 'done' && (
            <Badge tone={call.outcome === 'failed' ? 'danger' : 'warn'}>{t(`common:outcome.${call.outcome}`)}</Badge>
          )}
          <span className="text-sm font-normal wrap-anywhere text-muted">{call.servedModel ?? call.requestedModel}</span>
        </h4>
        <AmountText amount={call.amount} full className="font-medium" />
      </div>
      <CallFacts call={call} />
      {lines.length === 0 ? <p className="pt-1 text-sm text-muted">{t('tokensUnknown')}</p> : <Lines lines={lines} sources={sources} />}
      <Notes call={call} lines={lines} parts={parts} />
      {call.amount.exactness === 'no_price' && (
        <a
          href={hrefOf({ name: 'spend', view: 'prices', priceOf: { providerId: call.providerId, model: call.requestedModel } })}
          className="text-sm text-accent hover:underline"
        >
          {t('setPrice')}
        </a>
      )}
    </section>
  );
}

function CallFacts({ call }: { call: UsageRecord }) {
  const { t } = useTranslation('receipt');
  const format = useFormat();
  const speed = tokensPerSecond(call);
  const facts = [
    call.providerName,
    format.dateTime(call.startedAt),
    call.serviceTier !== null && t('tier', { name: call.serviceTier }),
    call.attempt > 1 && t('attempt', { formatted: format.count(call.attempt) }),
    call.firstTokenMs === null
      ? t('took', { formatted: format.duration(call.durationMs) })
      : t('toFirstToken', { formatted: format.duration(call.firstTokenMs) }),
    speed !== null && t('perSecond', { formatted: format.count(Math.round(speed)) }),
  ].filter((fact) => fact !== false);
  return <p className="text-xs wrap-anywhere text-faint tabular">{facts.join(' · ')}</p>;
}

/** As wide in every call's table, so that the figures of a page of receipts stand below each other. */
const columns = [
  { name: 'tokens', width: 'w-16' },
  { name: 'rate', width: 'w-18' },
  { name: 'cost', width: 'w-26' },
] as const;

const number = 'py-0.5 pl-3 text-right align-top whitespace-nowrap';

function Lines({ lines, sources }: { lines: readonly ReceiptLine[]; sources: readonly Source[] }) {
  const { t } = useTranslation('receipt');
  const format = useFormat();
  const inputTokens = lines.reduce((sum, { kind, tokens }) => sum + (isOutput(kind) ? 0 : tokens), 0);
  const hasParts = lines.some(({ kind }) => !isOutput(kind) && kind !== 'input');
  return (
    <table className="mt-1.5 w-full text-sm tabular">
      <thead className="text-xs text-faint">
        <tr>
          <th scope="col" className="text-left font-normal">
            {t('part')}
          </th>
          {columns.map(({ name, width }) => (
            <th key={name} scope="col" className={cn('pl-3 text-right font-normal', width)}>
              {t(name)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {hasParts && (
          <tr className="text-faint">
            <th scope="row" className="py-0.5 text-left font-normal">
              {t('line.input')}
            </th>
            <td className={number}>{format.count(inputTokens)}</td>
          </tr>
        )}
        {lines.map((line) => (
          <tr key={`${line.kind} ${line.ordinal} ${line.cache}`}>
            <th
              scope="row"
              className={cn('py-0.5 text-left font-normal wrap-anywhere text-muted', hasParts && !isOutput(line.kind) && 'pl-3')}
            >
              <PartName line={line} sources={sources} />
            </th>
            <td className={number}>{format.count(line.tokens)}</td>
            <td className={cn(number, 'text-faint')}>{line.perMillion !== null && <RateText usdPerMillion={line.perMillion} bare />}</td>
            <td className={number}>{line.amount !== null && <AmountText amount={line.amount} full />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function isOutput(kind: ReceiptLine['kind']): boolean {
  return kind === 'output' || kind === 'answer' || kind === 'reasoning';
}

function PartName({ line, sources }: { line: ReceiptLine; sources: readonly Source[] }) {
  const { t } = useTranslation('receipt');
  const source = line.kind === 'passage' ? sources.find(({ ordinal }) => ordinal === line.ordinal) : undefined;
  return (
    <>
      {source === undefined ? t(`line.${line.kind}`, { ordinal: line.ordinal ?? 1 }) : `[${source.ordinal}] ${source.documentName}`}
      {source !== undefined && source.page !== null && <span className="text-faint"> {t('page', { page: source.page })}</span>}
      {line.cache !== 'plain' && <span className="text-faint"> {t(line.cache === 'read' ? 'cached' : 'written')}</span>}
    </>
  );
}

/** What the amount rests on, and what the cache has saved. */
function Notes({ call, lines, parts }: { call: UsageRecord; lines: readonly ReceiptLine[]; parts: readonly RequestPart[] }) {
  const { t } = useTranslation(['receipt', 'common']);
  const format = useFormat();
  const savedNanos = savedOf(lines);
  const isScaled = lines.some((line) => line.isScaled);
  const counted = parts.reduce((sum, { tokens }) => sum + tokens, 0);
  return (
    <div className="flex flex-col gap-0.5 pt-1 text-xs text-pretty text-muted">
      {savedNanos > 0 && (
        <p className="flex justify-between gap-3">
          {t('savedByCache')}
          <AmountText
            amount={{ exactness: call.amount.exactness === 'exact' ? 'exact' : 'estimated', costNanos: savedNanos }}
            full
            className="text-ok"
          />
        </p>
      )}
      <p>
        {t(`common:exactness.${reasonOf(call)}`)}
        {call.price !== null && ` ${t('prices', { source: call.price.source, version: call.price.version })}`}
      </p>
      {call.settledBy !== null && <p>{t(`common:settledAmount.${call.settledBy}`)}</p>}
      {isScaled && <p>{t('scaled', { counted: format.count(counted), billed: format.count(call.inputTokens ?? 0) })}</p>}
    </div>
  );
}

/** Why the amount is as sure as it is. The provider's own counts are estimates only where its price had to be assumed. */
function reasonOf({ amount, tokenSource }: UsageRecord): UsageRecord['amount']['exactness'] | 'assumedPrice' {
  return amount.exactness === 'estimated' && tokenSource === 'provider' ? 'assumedPrice' : amount.exactness;
}
