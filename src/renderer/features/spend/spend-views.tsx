import { useTranslation } from 'react-i18next';
import { cn } from '../../lib/cn.ts';
import { hrefOf, spendViews, type SpendView } from '../../navigation/place.ts';

/** The parts of Spend, as links under its title: each has an address of its own. */
export function SpendViews({ current }: { current: SpendView }) {
  const { t } = useTranslation('shell');
  return (
    <nav aria-label={t('place.spend')} className="-mb-2.5 flex gap-1 overflow-x-auto">
      {spendViews.map((view) => (
        <a
          key={view}
          href={hrefOf({ name: 'spend', view })}
          aria-current={view === current ? 'page' : undefined}
          className={cn(
            'focus-inset flex h-9 items-center border-b-2 border-transparent px-2.5 whitespace-nowrap text-muted hover:text-ink',
            view === current && 'border-accent font-medium text-ink',
          )}
        >
          {t(`spendView.${view}`)}
        </a>
      ))}
    </nav>
  );
}
