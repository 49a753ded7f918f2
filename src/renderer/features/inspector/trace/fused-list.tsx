import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RetrievalTrace, TracedPassage } from '../../../../shared/contract/trace.ts';
import { cn } from '../../../lib/cn.ts';
import { useFormat } from '../../../lib/format.ts';
import { PassageName } from './passage-name.tsx';

interface FusedListProps {
  trace: RetrievalTrace;
  openings: Readonly<Record<string, string>>;
  chosenId: string | null;
  onOpen: (ordinal: number) => void;
}

/** Dropped passages shown below the last given one, before one asks for all. */
const shortTailLength = 4;

/** Both searches together: the order, and what became of each passage. */
export function FusedList({ trace, openings, chosenId, onOpen }: FusedListProps) {
  const { t } = useTranslation('shell');
  const { count } = useFormat();
  const [isWhole, setIsWhole] = useState(false);
  const { passages } = trace;
  const chosenIndex = passages.findIndex(({ passageId }) => passageId === chosenId);
  const lastGiven = passages.findLastIndex(({ ordinal }) => ordinal !== null);
  const shown = isWhole ? passages : passages.slice(0, Math.max(lastGiven + 1 + shortTailLength, chosenIndex + 1));
  const unlisted = trace.foundCount - passages.length;
  return (
    <>
      <ol className="flex flex-col gap-1">
        {shown.map((passage) => (
          <FusedPassage
            key={passage.passageId}
            passage={passage}
            opening={openings[passage.passageId]}
            isChosen={passage.passageId === chosenId}
            isInStretch={passage.ordinal !== null && passages.filter(({ ordinal }) => ordinal === passage.ordinal).length > 1}
            onOpen={onOpen}
          />
        ))}
      </ol>
      {passages.length > shown.length && (
        <button type="button" className="self-start rounded px-1 text-sm text-accent hover:underline" onClick={() => setIsWhole(true)}>
          {t('trace.showAll', { formatted: count(passages.length) })}
        </button>
      )}
      {passages.length === shown.length && unlisted > 0 && (
        <p className="px-1 text-xs text-faint">{t('trace.more', { count: unlisted, formatted: count(unlisted) })}</p>
      )}
    </>
  );
}

interface FusedPassageProps {
  passage: TracedPassage;
  opening: string | undefined;
  isChosen: boolean;
  /** It was given under one number with its neighbours. */
  isInStretch: boolean;
  onOpen: (ordinal: number) => void;
}

function FusedPassage({ passage, opening, isChosen, isInStretch, onOpen }: FusedPassageProps) {
  const { t, i18n } = useTranslation(['shell', 'chat']);
  const { count } = useFormat();
  const ref = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isChosen) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  const { ordinal, dropped, keyword, vector, fused, documentName, page, headingPath } = passage;
  const place = page === null ? documentName : t('chat:source.namePage', { name: documentName, page });
  const rank = (placing: TracedPassage['keyword']) => (placing === null ? '–' : count(placing.rank));
  const score = new Intl.NumberFormat(i18n.language, { minimumFractionDigits: 4, maximumFractionDigits: 4 }).format(fused.score);
  return (
    <li
      ref={ref}
      className={cn(
        'grid grid-cols-[1.75rem_1fr] gap-x-1.5 rounded-md px-1.5 py-1.5 text-sm',
        ordinal === null && 'text-muted',
        isChosen && 'bg-accent-soft',
      )}
    >
      {ordinal === null ? (
        <span className="text-center text-faint tabular">{count(fused.rank)}</span>
      ) : (
        <button
          type="button"
          aria-label={t('trace.openSource', { ordinal, place })}
          className="flex h-5 items-center justify-center rounded bg-accent-soft text-xs font-semibold text-accent tabular hover:bg-accent hover:text-on-accent"
          onClick={() => onOpen(ordinal)}
        >
          {ordinal}
        </button>
      )}
      <div className="flex min-w-0 flex-col gap-0.5">
        <PassageName passage={passage} />
        {headingPath.length > 0 && <span className="truncate text-xs text-faint">{headingPath.join(' › ')}</span>}
        {opening !== undefined && <span className="line-clamp-2 text-xs wrap-anywhere text-muted">{opening}</span>}
        <span className="text-xs text-faint tabular">
          {t('trace.ranks', { keyword: rank(keyword), vector: rank(vector), score, tokens: count(passage.tokenCount) })}
        </span>
        {isInStretch && <span className="text-xs text-faint">{t('trace.inOneStretch')}</span>}
        {dropped !== null && <span className="text-xs text-warn">{t(`trace.dropped.${dropped}`)}</span>}
      </div>
    </li>
  );
}
