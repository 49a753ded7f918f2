import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TracedPassage } from '../../../../shared/contract/trace.ts';
import { cn } from '../../../lib/cn.ts';
import { useFormat } from '../../../lib/format.ts';
import { PassageName } from './passage-name.tsx';

interface RankListProps {
  title: string;
  search: 'keyword' | 'vector';
  /** Passages this search found, listed or not. */
  foundCount: number;
  passages: readonly TracedPassage[];
  openings: Readonly<Record<string, string>>;
  /** Said when it found nothing. */
  nothing: string;
  chosenId: string | null;
  onChoose: (passageId: string) => void;
}

/** Shown before one asks for all. */
const shortListLength = 8;

/** What one search found, best first. */
export function RankList({ title, search, foundCount, passages, openings, nothing, chosenId, onChoose }: RankListProps) {
  const { t, i18n } = useTranslation('shell');
  const { count } = useFormat();
  const [isWhole, setIsWhole] = useState(false);
  const score = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const found = passages
    .flatMap((passage) => (passage[search] === null ? [] : [{ passage, ...passage[search] }]))
    .toSorted((a, b) => a.rank - b.rank);
  const shown = isWhole ? found : found.slice(0, shortListLength);
  const unlisted = foundCount - found.length;
  return (
    <section aria-label={title} className="flex min-w-0 flex-col gap-1">
      <h4 className="flex items-baseline justify-between gap-2 text-sm font-medium">
        {title}
        <span className="font-normal text-faint tabular">{count(foundCount)}</span>
      </h4>
      {found.length === 0 && <p className="text-sm text-muted">{nothing}</p>}
      <ol className="flex flex-col">
        {shown.map(({ passage, rank, score: value }) => (
          <li key={passage.passageId}>
            <button
              type="button"
              aria-pressed={chosenId === passage.passageId}
              className={cn(
                'focus-inset grid w-full grid-cols-[1.25rem_1fr_auto] gap-x-1.5 rounded px-1 py-1 text-left text-sm hover:bg-hover',
                chosenId === passage.passageId && 'bg-accent-soft hover:bg-accent-soft',
              )}
              onClick={() => onChoose(passage.passageId)}
            >
              <span className="text-faint tabular">{count(rank)}</span>
              <PassageName passage={passage} />
              <span className="text-muted tabular">{score.format(value)}</span>
              <span className="col-span-2 col-start-2 truncate text-xs text-faint">{openings[passage.passageId]}</span>
            </button>
          </li>
        ))}
      </ol>
      {found.length > shown.length && (
        <button type="button" className="self-start rounded px-1 text-sm text-accent hover:underline" onClick={() => setIsWhole(true)}>
          {t('trace.showAll', { formatted: count(found.length) })}
        </button>
      )}
      {found.length === shown.length && unlisted > 0 && (
        <p className="px-1 text-xs text-faint">{t('trace.more', { count: unlisted, formatted: count(unlisted) })}</p>
      )}
    </section>
  );
}
