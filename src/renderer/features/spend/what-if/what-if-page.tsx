import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { markOfTotal } from '../../../../shared/amount.ts';
import type { WhatIf, WhatIfTarget } from '../../../../shared/contract/spend.ts';
import { AmountTotalText, WhatIfText } from '../../../components/amount.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf } from '../../../components/error-sentence.ts';
import { Page } from '../../../components/page.tsx';
import { Card } from '../../../components/ui/card.tsx';
import { Combobox } from '../../../components/ui/combobox.tsx';
import { Skeleton } from '../../../components/ui/skeleton.tsx';
import { useFormat } from '../../../lib/format.ts';
import { useToday } from '../../../lib/use-today.ts';
import { queries } from '../../../rpc/queries.ts';
import { usePeriodText } from '../period-text.ts';
import { RangePicker } from '../range-picker.tsx';
import { daysOf, usualUnit, weekStartOfLocale, type Calendar, type DayRange } from '../spend-range.ts';
import { SpendViews } from '../spend-views.tsx';
import { WhatIfChart, WhatIfLegend } from './what-if-chart.tsx';
import { WhatIfCellTable } from './what-if-cell-table.tsx';
import { targetOfKey, targetOptions } from './what-if-target.ts';
import { WhatIfParts, WhatIfPeriods } from './what-if-tables.tsx';
import { useWhatIfView } from './what-if-view.ts';

/** The calls of a period at another model's prices, clearly apart from what was spent. */
export function WhatIfPage() {
  const { t, i18n } = useTranslation('whatIf');
  const today = useToday();
  const firstDay = useQuery(queries.spendTotals()).data?.firstDay ?? null;
  const book = useQuery(queries.priceBook());
  const { view, change } = useWhatIfView(today);
  const options = useMemo(() => (book.data === undefined ? [] : targetOptions(book.data)), [book.data]);
  const calendar: Calendar = { today, weekStartsOn: weekStartOfLocale(i18n.language), firstDay };
  const range = daysOf(view.range, calendar);
  const target = view.target === null ? null : targetOfKey(view.target);
  return (
    <Page
      title={t('title')}
      toolbar={<SpendViews current="whatIf" />}
      actions={<RangePicker choice={view.range} today={today} onChange={(choice) => change({ range: choice })} />}
    >
      <p className="mb-4 max-w-3xl text-pretty text-muted">{t('description')}</p>
      {book.isError && <ErrorMessage failure={failureOf(book.error)} onRetry={() => void book.refetch()} />}
      <Combobox
        label={t('model')}
        value={view.target}
        options={options}
        placeholder={t('choose')}
        searchLabel={t('search')}
        emptyText={t('noModel')}
        onChange={(key) => change({ target: key })}
        className="mb-4 w-96 max-w-full"
      />
      {target === null && (
        <EmptyState icon={<FlaskConical />} title={t('chooseTitle')}>
          {t('chooseBody')}
        </EmptyState>
      )}
      {target !== null && range !== null && <Found target={target} range={range} calendar={calendar} />}
    </Page>
  );
}

function Found({ target, range, calendar }: { target: WhatIfTarget; range: DayRange; calendar: Calendar }) {
  const { t } = useTranslation('whatIf');
  const unit = usualUnit(range);
  const { weekStartsOn, today } = calendar;
  const periodText = usePeriodText(unit, range, today);
  const query = useQuery({ ...queries.spendWhatIf({ ...range, target, unit, weekStartsOn }), placeholderData: keepPreviousData });
  if (query.isPending) return <Skeleton className="h-80 w-full" />;
  if (query.isError) return <ErrorMessage failure={failureOf(query.error)} onRetry={() => void query.refetch()} />;
  const found = query.data;
  // Until the new figures are there, the old ones would be drawn by other periods.
  if (query.isPlaceholderData) return <Skeleton className="h-80 w-full" />;
  if (found.parts.length === 0) return <p className="py-16 text-center text-muted">{t('none')}</p>;
  const described = t('described', { unit: t(`unit.${unit}`) });
  return (
    <div className="flex flex-col gap-4">
      <Figures found={found} />
      <Card className="min-w-0 p-4">
        <h2 className="mb-3 font-semibold">{t('chart')}</h2>
        <figure className="m-0" aria-label={described}>
          <WhatIfChart found={found} unit={unit} weekStartsOn={weekStartsOn} periodText={periodText} />
          <WhatIfLegend />
          <WhatIfPeriods bars={found.bars} unit={unit} periodText={periodText} label={described} />
        </figure>
      </Card>
      <WhatIfParts parts={found.parts} />
      <WhatIfCellTable found={found} unit={unit} periodText={periodText} />
      <Assumptions found={found} />
    </div>
  );
}

function Figures({ found: { real, whatIfNanos } }: { found: WhatIf }) {
  const { t } = useTranslation('whatIf');
  const mark = markOfTotal(real);
  const isAllFree = real.callCount > 0 && real.freeCount === real.callCount;
  const isKnown = mark !== 'at_least' && mark !== 'no_price';
  const differenceNanos = whatIfNanos - real.costNanos;
  return (
    <Card>
      <dl className="grid sm:grid-cols-3 sm:divide-x">
        <div className="px-4 py-3">
          <dt className="text-sm text-muted">{t('real')}</dt>
          <dd className="text-2xl font-semibold">
            <AmountTotalText total={real} />
          </dd>
        </div>
        <div className="px-4 py-3">
          <dt className="text-sm text-muted">{t(isAllFree ? 'wouldHaveCostTitle' : 'whatIf')}</dt>
          <dd className="text-2xl font-semibold">
            <WhatIfText costNanos={whatIfNanos} />
          </dd>
        </div>
        <div className="px-4 py-3">
          <dt className="text-sm text-muted">{t('difference')}</dt>
          {isKnown ? (
            <dd>
              <WhatIfText costNanos={Math.abs(differenceNanos)} className="block text-2xl font-semibold" />
              <span className="text-sm text-muted">{t(differenceNanos < 0 ? 'less' : 'more')}</span>
            </dd>
          ) : (
            <dd className="text-sm text-pretty text-muted">{t('unsure')}</dd>
          )}
        </div>
      </dl>
    </Card>
  );
}

function Assumptions({ found: { rates, cacheReadTokens, leftOut } }: { found: WhatIf }) {
  const { t } = useTranslation('whatIf');
  const format = useFormat();
  const cached = t(rates.cacheReadPerMillion === null ? 'assumed.uncached' : 'assumed.cached', {
    formatted: format.count(cacheReadTokens),
  });
  const { callCount: count } = leftOut;
  return (
    <section aria-label={t('assumptions')} className="text-sm text-muted">
      <h2 className="mb-1 font-semibold text-ink">{t('assumptions')}</h2>
      <ul className="list-disc pl-5">
        <li>{t('assumed.tokens')}</li>
        {cacheReadTokens > 0 && <li>{cached}</li>}
        <li>{t('assumed.short')}</li>
        {count > 0 && <li>{t('assumed.leftOut', { count, formatted: format.count(count) })}</li>}
      </ul>
    </section>
  );
}
