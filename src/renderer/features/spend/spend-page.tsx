import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CalendarX, Receipt } from 'lucide-react';
import { useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { BudgetBars } from '../../components/budget-bars.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Page } from '../../components/page.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { useToday } from '../../lib/use-today.ts';
import { goTo } from '../../navigation/place.ts';
import { queries } from '../../rpc/queries.ts';
import { CallSection } from './call-section.tsx';
import { ChartCard } from './chart-card.tsx';
import { ExportMenu } from './export-menu.tsx';
import { PartTable } from './part-table.tsx';
import { RangePicker } from './range-picker.tsx';
import { RunningTotal, type MonthProjection } from './running-total.tsx';
import { daysOf, unitsFor, usualUnit, weekStartOfLocale, type Calendar, type DayRange } from './spend-range.ts';
import { useSpendView, type SpendView } from './spend-view.ts';
import { SummaryFigures } from './summary-figures.tsx';
import { UnpricedCalls } from './unpriced-calls.tsx';
import { SpendViews } from './spend-views.tsx';

function Nothing({ isAll }: { isAll: boolean }) {
  const { t } = useTranslation('spend');
  if (!isAll) {
    return (
      <EmptyState icon={<CalendarX />} title={t('emptyRange.title')}>
        {t('emptyRange.body')}
      </EmptyState>
    );
  }
  const start = () => goTo({ name: 'chat', conversationId: null, messageId: null });
  return (
    <EmptyState
      icon={<Receipt />}
      title={t('empty.title')}
      action={
        <Button variant="primary" onClick={start}>
          {t('empty.action')}
        </Button>
      }
    >
      {t('empty.body')}
    </EmptyState>
  );
}

function Loading() {
  return (
    <div className="flex flex-col gap-4">
      <Skeleton className="h-24 rounded-lg" />
      <Skeleton className="h-96 rounded-lg" />
    </div>
  );
}

interface PeriodProps {
  view: SpendView;
  range: DayRange;
  calendar: Calendar;
  projection: MonthProjection | null;
  adjust: (change: Partial<SpendView>) => void;
  show: (change: Partial<SpendView>) => void;
  scrollRef: RefObject<HTMLDivElement | null>;
}

function Period({ view, range, calendar, projection, adjust, show, scrollRef }: PeriodProps) {
  const unit = view.unit !== null && unitsFor(range).includes(view.unit) ? view.unit : usualUnit(range);
  const { measure } = view;
  const { weekStartsOn } = calendar;
  const query = useQuery({
    ...queries.spendSplit({ ...range, split: view.split, measure, unit, weekStartsOn }),
    placeholderData: keepPreviousData,
  });
  if (query.isPending) return <Loading />;
  if (query.isError) return <ErrorMessage failure={failureOf(query.error)} onRetry={() => void query.refetch()} />;
  const split = query.data;
  const { total } = split.total;
  if (total.callCount === 0 && !query.isPlaceholderData) return <Nothing isAll={calendar.firstDay === null} />;
  const shared = { split, view, unit, range, calendar };
  // Until the new figures are there, the old ones are drawn by what they were asked by.
  if (query.isPlaceholderData && !split.bars.every(({ period }) => (period.length === 7) === (unit === 'month'))) return <Loading />;
  return (
    <div className="flex flex-col gap-4" aria-busy={query.isPlaceholderData}>
      <SummaryFigures measures={split.total} projectedNanos={projection?.monthNanos ?? null} />
      <BudgetBars />
      <UnpricedCalls callCount={total.noPriceCount} onOpen={() => show({ withoutPrice: true, period: null, part: null })} />
      <div className="grid gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)] print:grid-cols-1">
        <ChartCard
          {...shared}
          onAdjust={adjust}
          onOpen={(period, series) => show({ period, part: series?.part?.key ?? null, withoutPrice: false })}
        />
        <RunningTotal {...shared} projection={projection} />
      </div>
      <PartTable split={split} view={view} onOpen={(part) => show({ part, period: null, withoutPrice: false })} />
      <CallSection
        {...shared}
        parts={split.parts}
        onShowAll={() => adjust({ period: null, part: null, withoutPrice: false })}
        scrollRef={scrollRef}
      />
    </div>
  );
}

/** What was spent: by day, week or month, by what it was spent on, and call by call. */
export function SpendPage() {
  const { t, i18n } = useTranslation('spend');
  const today = useToday();
  const totals = useQuery(queries.spendTotals());
  const { view, adjust, show } = useSpendView(today);
  const scrollRef = useRef<HTMLDivElement>(null);
  const calendar: Calendar = { today, weekStartsOn: weekStartOfLocale(i18n.language), firstDay: totals.data?.firstDay ?? null };
  const range = daysOf(view.range, calendar);
  return (
    <Page
      title={t('title')}
      scrollRef={scrollRef}
      toolbar={<SpendViews current="overview" />}
      actions={
        <>
          <RangePicker
            choice={view.range}
            today={today}
            onChange={(choice) => adjust({ range: choice, unit: null, period: null, part: null, withoutPrice: false })}
          />
          {range !== null && calendar.firstDay !== null && <ExportMenu range={range} />}
        </>
      }
    >
      {totals.isError && <ErrorMessage failure={failureOf(totals.error)} onRetry={() => void totals.refetch()} />}
      {totals.isPending && <Loading />}
      {totals.isSuccess && range !== null && (
        <Period
          view={view}
          range={range}
          calendar={calendar}
          projection={view.range.name === 'month' ? totals.data.projection : null}
          adjust={adjust}
          show={show}
          scrollRef={scrollRef}
        />
      )}
    </Page>
  );
}
