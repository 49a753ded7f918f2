import { Dialog } from '@base-ui/react/dialog';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { MessageSquare, Search } from 'lucide-react';
import { useDeferredValue, useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../../shared/contract/conversations.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Kbd } from '../../components/ui/kbd.tsx';
import { Spinner } from '../../components/ui/spinner.tsx';
import { cn } from '../../lib/cn.ts';
import { useFormat } from '../../lib/format.ts';
import { goTo } from '../../navigation/place.ts';
import { queries } from '../../rpc/queries.ts';
import { Highlighted } from './highlighted.tsx';
import { showSearch, useSearchOpen } from './search-store.ts';

/** Something the palette can do besides finding messages. */
export interface SearchCommand {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly shortcut?: string;
  readonly run: () => void;
}

interface Choice {
  readonly id: string;
  readonly heading: string;
  readonly row: ReactNode;
  readonly run: () => void;
}

/** Most conversations shown before anything is typed. */
const recentCount = 6;

/** Finds messages by their words and jumps to them; without words, the latest conversations and every place. */
export function SearchDialog({ commands }: { commands: readonly SearchCommand[] }) {
  const { t } = useTranslation('shell');
  const isOpen = useSearchOpen((state) => state.isOpen);
  return (
    <Dialog.Root open={isOpen} onOpenChange={showSearch}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/35 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label={t('search.title')}
          className="fixed top-[10vh] left-1/2 z-40 flex max-h-[70vh] w-[min(40rem,calc(100vw-2rem))] -translate-x-1/2 flex-col overflow-hidden rounded-xl bg-raised shadow-popup"
        >
          <SearchPanel commands={commands} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SearchPanel({ commands }: { commands: readonly SearchCommand[] }) {
  const { t } = useTranslation('shell');
  const sentence = useErrorSentence();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const listRef = useRef<HTMLDivElement>(null);
  const listId = useId();
  const search = useSearch(query);
  const recent = useRecentChoices(query);
  const choices = [...recent, ...search.choices, ...useCommandChoices(commands, query)];
  const activeIndex = Math.min(active, Math.max(0, choices.length - 1));

  function handleKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const next = Math.max(0, Math.min(choices.length - 1, activeIndex + (event.key === 'ArrowDown' ? 1 : -1)));
      setActive(next);
      listRef.current?.querySelector(`[data-index="${String(next)}"]`)?.scrollIntoView({ block: 'nearest' });
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      choices[activeIndex]?.run();
    }
  }

  return (
    <>
      <div className="flex items-center gap-2.5 border-b px-4">
        {search.isSearching ? <Spinner className="text-faint" /> : <Search className="size-4 shrink-0 text-faint" aria-hidden />}
        <input
          className="h-12 min-w-0 flex-1 bg-transparent text-lg outline-none"
          placeholder={t('search.placeholder')}
          aria-label={t('search.placeholder')}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={choices.length > 0 ? `${listId}-${String(activeIndex)}` : undefined}
          maxLength={500}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setActive(0);
          }}
          onKeyDown={handleKeyDown}
        />
        <Kbd shortcut="Esc" className="text-faint" />
      </div>
      <div ref={listRef} id={listId} role="listbox" aria-label={t('search.results')} className="min-h-0 flex-1 overflow-y-auto p-2">
        {search.error !== null && <p className="px-3 py-4 text-danger">{sentence(failureOf(search.error)).title}</p>}
        {search.isEmpty && <p className="px-3 py-6 text-center text-muted">{t('search.nothing', { query })}</p>}
        {choices.map((choice, index) => (
          <ChoiceRow
            key={choice.id}
            id={`${listId}-${String(index)}`}
            index={index}
            choice={choice}
            heading={choices[index - 1]?.heading === choice.heading ? null : choice.heading}
            isActive={index === activeIndex}
          />
        ))}
      </div>
    </>
  );
}

interface ChoiceRowProps {
  id: string;
  index: number;
  choice: Choice;
  heading: string | null;
  isActive: boolean;
}

function ChoiceRow({ id, index, choice, heading, isActive }: ChoiceRowProps) {
  return (
    <>
      {heading !== null && (
        <p className="px-2.5 pt-2 pb-1 text-xs font-medium text-faint" role="presentation">
          {heading}
        </p>
      )}
      {/* The field above keeps the focus and moves the choice; a click is the pointer's way to the same. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
      <div
        id={id}
        data-index={index}
        role="option"
        aria-selected={isActive}
        className={cn('cursor-default rounded-md px-2.5 py-1.5 hover:bg-hover', isActive && 'bg-hover')}
        onClick={choice.run}
      >
        {choice.row}
      </div>
    </>
  );
}

function closeAnd(run: () => void): () => void {
  return () => {
    showSearch(false);
    run();
  };
}

function useSearch(query: string) {
  const { t } = useTranslation('shell');
  const words = useDeferredValue(query.trim());
  const result = useQuery({
    ...queries.conversationSearch({ query: words }),
    enabled: words !== '',
    placeholderData: keepPreviousData,
  });
  const hits = words === '' ? [] : (result.data?.hits ?? []);
  const choices = hits.map((hit): Choice => ({
    id: hit.messageId,
    heading: t('search.messages'),
    row: <HitRow hit={hit} />,
    run: closeAnd(() => goTo({ name: 'chat', conversationId: hit.conversationId, messageId: hit.messageId })),
  }));
  return {
    choices,
    error: words === '' ? null : result.error,
    isSearching: words !== '' && result.isFetching,
    isEmpty: words !== '' && result.isSuccess && !result.isPlaceholderData && hits.length === 0,
  };
}

function HitRow({ hit }: { hit: SearchHit }) {
  const { t } = useTranslation('shell');
  const format = useFormat();
  return (
    <>
      <p className="flex items-baseline gap-2 text-sm text-muted">
        <span className="min-w-0 flex-1 truncate font-medium">{hit.conversationTitle || t('search.untitled')}</span>
        <span className="shrink-0 text-xs text-faint">
          {t(hit.role === 'user' ? 'search.you' : 'search.answer')} · {format.dateTime(hit.createdAt)}
        </span>
      </p>
      <p className="line-clamp-2 wrap-anywhere">
        <Highlighted text={hit.snippet} highlights={hit.highlights} />
      </p>
    </>
  );
}

function useRecentChoices(query: string): Choice[] {
  const { t } = useTranslation('shell');
  const list = useInfiniteQuery(queries.conversations());
  if (query.trim() !== '') return [];
  const recent = list.data?.pages[0]?.conversations.slice(0, recentCount) ?? [];
  return recent.map((conversation) => ({
    id: conversation.id,
    heading: t('search.recent'),
    row: (
      <p className="flex items-center gap-2.5">
        <MessageSquare className="size-4 shrink-0 text-faint" aria-hidden />
        <span className="min-w-0 flex-1 truncate">{conversation.title || t('search.untitled')}</span>
        <AmountTotalText total={conversation.total} className="text-xs text-faint" />
      </p>
    ),
    run: closeAnd(() => goTo({ name: 'chat', conversationId: conversation.id, messageId: null })),
  }));
}

function useCommandChoices(commands: readonly SearchCommand[], query: string): Choice[] {
  const { t } = useTranslation('shell');
  const words = query.trim().toLowerCase();
  return commands
    .filter(({ label }) => label.toLowerCase().includes(words))
    .map((command) => ({
      id: command.id,
      heading: t('search.actions'),
      row: (
        <p className="flex items-center gap-2.5 [&_svg]:size-4 [&_svg]:text-faint">
          {command.icon}
          <span className="flex-1">{command.label}</span>
          {command.shortcut !== undefined && <Kbd shortcut={command.shortcut} className="text-faint" />}
        </p>
      ),
      run: closeAnd(command.run),
    }));
}
