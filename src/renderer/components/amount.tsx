import { Tooltip } from '@base-ui/react/tooltip';
import { useTranslation } from 'react-i18next';
import type { Amount, AmountTotal } from '../../shared/amount.ts';
import { cn } from '../lib/cn.ts';
import { useFormat } from '../lib/format.ts';
import {
  amountTexts,
  bareRateText,
  differenceText,
  exactShareText,
  projectionText,
  rateText,
  savingsText,
  totalTexts,
  type AmountTexts,
} from './amount-text.ts';

/** All amounts share one tooltip: a long list of them stays cheap. */
const amountTooltip = Tooltip.createHandle<AmountTexts>();

/** The tooltip that shows an amount's every digit and the reason for its mark. Mounted once, at the root. */
export function AmountTooltip() {
  return (
    <Tooltip.Root handle={amountTooltip}>
      {({ payload }) => (
        <Tooltip.Portal>
          <Tooltip.Positioner sideOffset={6} collisionPadding={8} className="z-50">
            <Tooltip.Popup className="popup-motion max-w-72 rounded-md bg-ink px-2.5 py-1.5 text-sm text-canvas shadow-popup">
              <span className="block font-medium tabular">{payload?.full}</span>
              <span className="block opacity-80">{payload?.reason}</span>
            </Tooltip.Popup>
          </Tooltip.Positioner>
        </Tooltip.Portal>
      )}
    </Tooltip.Root>
  );
}

function Drawn({ texts, full, className }: { texts: AmountTexts; full: boolean; className?: string | undefined }) {
  const shown = full ? texts.full : texts.short;
  const isSigned = shown.startsWith('≈') || shown.startsWith('≥') || shown === '–';
  return (
    <Tooltip.Trigger handle={amountTooltip} payload={texts} render={<span className={cn('whitespace-nowrap tabular', className)} />}>
      <span aria-hidden={isSigned || undefined}>{shown}</span>
      {isSigned && <span className="sr-only select-none">{texts.spoken}</span>}
    </Tooltip.Trigger>
  );
}

interface DrawnProps {
  /** Shows every digit, as on a receipt. */
  full?: boolean;
  className?: string;
}

/** What one call cost, with how sure we are: `$0.0412`, `≈ $0.0412`, `≥ $0.0412`, `no price`, `free`. */
export function AmountText({ amount, full = false, className }: DrawnProps & { amount: Amount }) {
  const { t, i18n } = useTranslation('common');
  return <Drawn texts={amountTexts(amount, i18n.language, t)} full={full} className={className} />;
}

/** What many calls cost, with how sure we are. Over no calls: `–`. */
export function AmountTotalText({ total, full = false, className }: DrawnProps & { total: AmountTotal }) {
  const { t, i18n } = useTranslation('common');
  return <Drawn texts={totalTexts(total, i18n.language, t)} full={full} className={className} />;
}

/** How much of a total is exact, in words; nothing where there is no money. */
export function ExactShare({ total, className }: { total: AmountTotal; className?: string }) {
  const { t } = useTranslation('common');
  const format = useFormat();
  const text = exactShareText(total, format.percent, t);
  return text === null ? null : <span className={cn('whitespace-nowrap', className)}>{text}</span>;
}

/** What the provider's cache took off the bill. */
export function SavingsText({ savedNanos, className }: { savedNanos: number; className?: string }) {
  const { i18n } = useTranslation('common');
  return <span className={cn('whitespace-nowrap tabular', className)}>{savingsText(savedNanos, i18n.language)}</span>;
}

/** A difference between two amounts: `+$0.12`, `−$0.01`. */
export function DifferenceText({ nanos, className }: { nanos: number; className?: string }) {
  const { i18n } = useTranslation('common');
  return <span className={cn('whitespace-nowrap tabular', className)}>{differenceText(nanos, i18n.language)}</span>;
}

/** What a month may come to if it goes on as it has; stands where words say that it is a projection. */
export function ProjectionText({ costNanos, className }: { costNanos: number; className?: string }) {
  const { i18n } = useTranslation('common');
  return <span className={cn('whitespace-nowrap tabular', className)}>{projectionText(costNanos, i18n.language)}</span>;
}

/** What calls would have cost at other prices: nobody spent it, so it is always about, and never stands without the words "what if". */
export function WhatIfText({ costNanos, className }: { costNanos: number; className?: string }) {
  return <ProjectionText costNanos={costNanos} className={cn('italic', className)} />;
}

/** A model's price per million tokens; `no price` where none is known. `bare` under a heading that says what it is per. */
export function RateText({ usdPerMillion, bare = false, className }: { usdPerMillion: number | null; bare?: boolean; className?: string }) {
  const { t, i18n } = useTranslation('common');
  return (
    <span className={cn('whitespace-nowrap tabular', className)}>
      {usdPerMillion === null ? t('amount.noPrice') : (bare ? bareRateText : rateText)(usdPerMillion, i18n.language, t)}
    </span>
  );
}
