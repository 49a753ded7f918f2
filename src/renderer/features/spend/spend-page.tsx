import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CalendarX, Receipt } from 'lucide-react';
import { useMemo, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Page } from '../../components/page.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { addDays, type LocalDay } from '../../lib/local-day.ts';
import { useToday } from '../../lib/use-today.ts';
import { goTo } from '../../navigation/place.ts';
import { queries } from '../../rpc/queries.ts';
import { CallTable } from './call-table.tsx';
import { seriesOf } from './chart-series.ts';
import { ModelTotals } from './model-totals.tsx';
import { PurposeTotals } from './purpose-totals.tsx';
import { RangePicker } from './range-picker.tsx';
import { SpendByDay } from './spend-by-day.tsx';
import { daysOf, type DayRange, type RangeChoice } from './spend-range.ts';
import { SummaryCards } from './summary-cards.tsx';

/** The days of a bar: a day itself, or the month from its first to its last day. */
function daysOfBar(period: string): DayRange {
  if (period.length === 10) return { from: period, to: period };
  const nextMonth = addDays(`${period}-28`, 4).slice(0, 7);
  return { from: `${period}-01`, to: addDays(`${nextMonth}-01`, -1) };
}

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
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        {[0, 1, 2, 3].map((card) => (
          <Skeleton key={card} className="h-22 rounded-lg" />
        ))}
      </div>
      <Skeleton className="h-72 rounded-lg" />
    </div>
  );
}

interface PeriodProps {
  range: DayRange;
  today: LocalDay;
  isAll: boolean;
  onOpen: (range: DayRange) => void;
  scrollRef: RefObject<HTMLDivElement | null>;
}

function Period({ range, today, isAll, onOpen, scrollRef }: PeriodProps) {
  const summary = useQuery({ ...queries.spendSummary(range), placeholderData: keepPreviousData });
  const byModel = summary.data?.byModel;
  const series = useMemo(() => seriesOf(byModel ?? []), [byModel]);
  if (summary.isPending) return <Loading />;
  if (summary.isError) return <ErrorMessage failure={failureOf(summary.error)} onRetry={() => void summary.refetch()} />;
  const { total, byDay, byPurpose } = summary.data;
  if (total.callCount === 0) return <Nothing isAll={isAll} />;
  return (
    <div className="flex flex-col gap-4" aria-busy={summary.isPlaceholderData}>
      <SummaryCards total={total} byModel={summary.data.byModel} />
      <SpendByDay byDay={byDay} series={series} range={range} today={today} onOpen={(period) => onOpen(daysOfBar(period))} />
      <div className="grid gap-4 lg:grid-cols-[3fr_2fr]">
        <ModelTotals byModel={summary.data.byModel} series={series} />
        <PurposeTotals byPurpose={byPurpose} />
      </div>
      <CallTable range={range} scrollRef={scrollRef} />
    </div>
  );
}

/** What was spent: by day, by model, by purpose, and call by call. */
export function SpendPage() {
  const { t } = useTranslation('spend');
  const today = useToday();
  const [choice, setChoice] = useState<RangeChoice>({ name: 'days30', from: addDays(today, -29), to: today });
  const scrollRef = useRef<HTMLDivElement>(null);
  const range = daysOf(choice, today);
  return (
    <Page title={t('title')} scrollRef={scrollRef} actions={<RangePicker choice={choice} today={today} onChange={setChoice} />}>
      {range !== null && (
        <Period
          range={range}
          today={today}
          isAll={choice.name === 'all'}
          onOpen={(days) => setChoice({ name: 'custom', ...days })}
          scrollRef={scrollRef}
        />
      )}
    </Page>
  );
}
