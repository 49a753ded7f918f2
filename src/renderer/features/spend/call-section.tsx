import { X } from 'lucide-react';
import { useEffect, useRef, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { SpendPart } from '../../../shared/contract/spend.ts';
import { Button } from '../../components/ui/button.tsx';
import { CallTable } from './call-table.tsx';
import { usePartName } from './part-name.tsx';
import { usePeriodText } from './period-text.ts';
import { daysOfPeriod, type Calendar, type DayRange, type Unit } from './spend-range.ts';
import type { SpendView } from './spend-view.ts';

interface CallSectionProps {
  view: SpendView;
  unit: Unit;
  range: DayRange;
  calendar: Calendar;
  /** Parts whose names are known. */
  parts: readonly SpendPart[];
  onShowAll: () => void;
  scrollRef: RefObject<HTMLDivElement | null>;
}

/** The calls a bar, a part or the whole range is made of. What is chosen is scrolled to, and can be let go of. */
export function CallSection({ view, unit, range, calendar, parts, onShowAll, scrollRef }: CallSectionProps) {
  const { t } = useTranslation('spend');
  const nameOf = usePartName(view.split);
  const periodText = usePeriodText(unit, range, calendar.today);
  const sectionRef = useRef<HTMLElement>(null);
  const { period, part, withoutPrice, split } = view;
  const choice = period === null && part === null && !withoutPrice ? null : `${period ?? ''} ${part ?? ''} ${String(withoutPrice)}`;
  useEffect(() => {
    if (choice !== null) sectionRef.current?.scrollIntoView({ block: 'start' });
  }, [choice]);
  const chips = [
    period === null ? null : periodText.long(period),
    part === null ? null : nameOf(parts.find(({ key }) => key === part) ?? { key: part, name: split === 'purpose' ? null : part }),
    withoutPrice ? t('calls.withoutPrice') : null,
  ].filter((chip) => chip !== null);
  const days = period === null ? range : daysOfPeriod(period, unit, range);
  return (
    <section ref={sectionRef} aria-labelledby="calls-title" className="scroll-mt-4 print:hidden">
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h2 id="calls-title" className="font-semibold">
          {t('calls.title')}
        </h2>
        {chips.length > 0 && (
          <>
            <span className="text-muted">{chips.join(' · ')}</span>
            <Button size="sm" variant="ghost" onClick={onShowAll}>
              <X className="size-3.5" aria-hidden />
              {t('calls.showAll')}
            </Button>
          </>
        )}
      </div>
      <CallTable query={{ ...days, part: part === null ? null : { split, key: part }, withoutPrice }} scrollRef={scrollRef} />
    </section>
  );
}
