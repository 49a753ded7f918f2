import { Pencil, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ListedModel, ModelPrice, OwnPrice, OwnRates, UsedModel } from '../../../../shared/contract/prices.ts';
import { RateText } from '../../../components/amount.tsx';
import type { RowPlacement } from '../../../components/long-table-body.tsx';
import { Badge } from '../../../components/ui/badge.tsx';
import { Button } from '../../../components/ui/button.tsx';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { cn } from '../../../lib/cn.ts';
import { useFormat } from '../../../lib/format.ts';
import { useToday } from '../../../lib/use-today.ts';
import { PricedLater } from './priced-later.tsx';
import type { PriceRow } from './price-rows.ts';
import { usePriceSource, usePriceWords } from './price-words.ts';

/** The columns of the price book; the narrower the page, the fewer. */
export const priceGrid =
  'grid items-baseline gap-x-4 grid-cols-[minmax(0,1fr)_4.5rem_4.5rem_6rem] lg:grid-cols-[minmax(0,1fr)_4.5rem_4.5rem_5rem_4.5rem_11rem_6rem]';

/** Cells that only a wide page has room for. */
export const widePriceCell = 'hidden lg:block';

/** What a row offers. */
export interface PriceActions {
  readonly onSet: (draft: Partial<OwnPrice>) => void;
  readonly onEdit: (price: OwnPrice) => void;
  readonly onRemove: (price: OwnPrice) => void;
  /** Offers to price the calls by it that have no price. */
  readonly onPriceEarlier: (price: OwnPrice) => void;
}

interface RateCellProps {
  rate: number | null;
  /** What an empty rate means. */
  none: string;
  isWide?: boolean;
}

function RateCell({ rate, none, isWide = false }: RateCellProps) {
  return (
    <td className={cn('text-right', isWide && widePriceCell)}>
      {rate === null ? <span className="text-faint">{none}</span> : <RateText usdPerMillion={rate} bare />}
    </td>
  );
}

function RateCells({ rates }: { rates: OwnRates | null }) {
  const { t } = useTranslation('prices');
  if (rates === null) {
    return (
      <td className="col-span-2 text-right text-muted lg:col-span-4">
        <RateText usdPerMillion={null} />
      </td>
    );
  }
  return (
    <>
      <RateCell rate={rates.inputPerMillion} none="" />
      <RateCell rate={rates.cacheReadPerMillion} none={t('asInput')} isWide />
      <RateCell rate={rates.cacheWritePerMillion} none={t('asInput')} isWide />
      <RateCell rate={rates.outputPerMillion} none={t('noOutput')} />
    </>
  );
}

function Particulars({ price }: { price: ModelPrice }) {
  const { t } = useTranslation('prices');
  const wordsOf = usePriceWords();
  const sourceOf = usePriceSource();
  const { cacheReadPerMillion: cached, cacheWritePerMillion: written } = price.rates;
  const words = wordsOf(price);
  return (
    <>
      {words.length > 0 && <span className="block text-xs text-pretty text-muted">{words.join(' · ')}</span>}
      <span className="block text-xs text-faint lg:hidden">
        {cached !== null && (
          <>
            {t('column.cached')} <RateText usdPerMillion={cached} bare /> ·{' '}
          </>
        )}
        {written !== null && (
          <>
            {t('column.written')} <RateText usdPerMillion={written} bare /> ·{' '}
          </>
        )}
        {sourceOf(price)}
      </span>
    </>
  );
}

function Row({ placement, className, children }: { placement: RowPlacement; className?: string; children: ReactNode }) {
  return (
    <tr {...placement} className={cn(priceGrid, 'border-b px-3 py-2 text-sm tabular hover:bg-sunken', className)}>
      {children}
    </tr>
  );
}

function SourceCell({ children }: { children: ReactNode }) {
  return <td className={cn(widePriceCell, 'text-xs text-muted')}>{children}</td>;
}

function Heading({ row, placement }: { row: Extract<PriceRow, { modelCount: number }>; placement: RowPlacement }) {
  const { t } = useTranslation('prices');
  const format = useFormat();
  const { kind, name, modelCount } = row;
  return (
    <tr {...placement} className="flex items-baseline justify-between gap-4 border-b bg-sunken px-3 py-1.5 text-sm">
      <th scope="rowgroup" className="min-w-0 truncate text-left font-medium">
        {kind === 'yours' ? t('yours', { provider: name }) : t('listed', { seller: name })}
      </th>
      <td className="shrink-0 text-xs text-muted tabular">{t('count', { count: modelCount, formatted: format.count(modelCount) })}</td>
    </tr>
  );
}

function UsedRow({ used, placement, onSet }: { used: UsedModel; placement: RowPlacement; onSet: PriceActions['onSet'] }) {
  const { t } = useTranslation('prices');
  const format = useFormat();
  const sourceOf = usePriceSource();
  const { providerId, model, callCount, unpricedCount, pricedLater, price } = used;
  const counts = [
    callCount > 0 && t('calls', { count: callCount, formatted: format.count(callCount) }),
    unpricedCount > 0 && t('unpricedCalls', { count: unpricedCount, formatted: format.count(unpricedCount) }),
  ].filter((part) => part !== false);
  return (
    <Row placement={placement}>
      <td className="min-w-0">
        <span className="font-medium break-all">{model}</span>
        {counts.length > 0 && <span className="block text-xs text-muted">{counts.join(' · ')}</span>}
        {pricedLater !== null && <PricedLater providerId={providerId} model={model} priced={pricedLater} />}
        {price !== null && <Particulars price={price} />}
      </td>
      <RateCells rates={price?.rates ?? null} />
      <SourceCell>{price !== null && sourceOf(price)}</SourceCell>
      <td className="text-right">
        <Button size="sm" aria-label={t('setFor', { model })} onClick={() => onSet({ ...price?.rates, providerId, model })}>
          {t('set')}
        </Button>
      </td>
    </Row>
  );
}

function OwnRow({
  row,
  placement,
  onEdit,
  onRemove,
  onPriceEarlier,
}: { row: Extract<PriceRow, { kind: 'ownPrice' }>; placement: RowPlacement } & PriceActions) {
  const { t } = useTranslation('prices');
  const format = useFormat();
  const today = useToday();
  const { own, state, unpricedCount } = row;
  const named = { model: own.model, day: format.day(own.validFrom, today) };
  return (
    <Row placement={placement} className={cn(state === 'past' && 'text-muted')}>
      <td className="flex min-w-0 flex-wrap items-baseline gap-x-2 pl-4">
        {t('from', { day: named.day })}
        <Badge tone={state === 'current' ? 'accent' : 'neutral'}>{t(`state.${state}`)}</Badge>
        {unpricedCount > 0 && (
          <Button size="sm" onClick={() => onPriceEarlier(own)}>
            {t('earlier.open', { count: unpricedCount, formatted: format.count(unpricedCount) })}
          </Button>
        )}
      </td>
      <RateCells rates={own} />
      <SourceCell>{t('source.own', { day: named.day })}</SourceCell>
      <td className="-my-1 flex justify-end gap-1">
        <IconButton label={t('edit', named)} size="sm" onClick={() => onEdit(own)}>
          <Pencil className="size-4" aria-hidden />
        </IconButton>
        <IconButton label={t('remove', named)} size="sm" onClick={() => onRemove(own)}>
          <Trash2 className="size-4" aria-hidden />
        </IconButton>
      </td>
    </Row>
  );
}

function ListedRow({ listed, placement, onSet }: { listed: ListedModel; placement: RowPlacement; onSet: PriceActions['onSet'] }) {
  const { t } = useTranslation('prices');
  const sourceOf = usePriceSource();
  const { model, price, providerId } = listed;
  return (
    <Row placement={placement}>
      <td className="min-w-0">
        <span className="break-all">{model}</span>
        {price === null ? <span className="block text-xs text-muted">{t('perRequest')}</span> : <Particulars price={price} />}
      </td>
      <RateCells rates={price?.rates ?? null} />
      <SourceCell>{price !== null && sourceOf(price)}</SourceCell>
      <td className="text-right">
        {providerId !== null && (
          <Button
            size="sm"
            variant="ghost"
            aria-label={t('setFor', { model })}
            onClick={() => onSet({ ...price?.rates, providerId, model })}
          >
            {t('set')}
          </Button>
        )}
      </td>
    </Row>
  );
}

/** One row of the price book: a heading, a model, or a price the user has set. */
export function PriceBookRow({ row, placement, ...actions }: { row: PriceRow; placement: RowPlacement } & PriceActions) {
  switch (row.kind) {
    case 'yours':
    case 'listed':
      return <Heading row={row} placement={placement} />;
    case 'usedModel':
      return <UsedRow used={row.used} placement={placement} onSet={actions.onSet} />;
    case 'ownPrice':
      return <OwnRow row={row} placement={placement} {...actions} />;
    case 'listedModel':
      return <ListedRow listed={row.listed} placement={placement} onSet={actions.onSet} />;
  }
}
