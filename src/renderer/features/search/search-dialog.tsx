import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { MessageSquare, Search } from 'lucide-react';
import { useDeferredValue, useRef, useState, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { SearchHit } from '../../../shared/contract/conversations.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Kbd } from '../../components/ui/kbd.tsx';
import { Spinner } from '../../components/ui/spinner.tsx';
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
  readonly row: ReactNode;
  readonly run: () => void;
}

/** Choices of one kind, in the shape the list wants its groups in. */
interface ChoiceGroup {
  readonly value: string;
  readonly items: readonly Choice[];
}

/** Most conversations shown before anything is typed. */
const recentCount = 6;

/** Finds messages by their words and jumps to them; without words, the latest conversations and every place. */
export function SearchDialog({ commands }: { commands: readonly SearchCommand[] }) {
  const { t } = useTranslation('shell');
  const isOpen = useSearchOpen((state) => state.isOpen);
  const inputRef = useRef<HTMLInputElement>(null);
  return (
    <Dialog.Root open={isOpen} onOpenChange={showSearch}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-black/35 transition-opacity duration-150 data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Popup
          aria-label={t('search.title')}
          initialFocus={inputRef}
          className="fixed top-[10vh] left-1/2 z-40 flex max-h-[70vh] w-[min(40rem,calc(100vw-2rem))] -translate-x-1/2 flex-col overflow-hidden rounded-xl bg-raised shadow-popup"
        >
          <SearchPanel commands={commands} inputRef={inputRef} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

interface SearchPanelProps {
  commands: readonly SearchCommand[];
  inputRef: RefObject<HTMLInputElement | null>;
}

function SearchPanel({ commands, inputRef }: SearchPanelProps) {
  const { t } = useTranslation('shell');
  const sentence = useErrorSentence();
  const [query, setQuery] = useState('');
  const search = useSearch(query);
  const recent = useRecentChoices(query);
  const actions = useCommandChoices(commands, query);
  const groups = [
    { value: t('search.recent'), items: recent },
    { value: t('search.messages'), items: search.choices },
    { value: t('search.actions'), items: actions },
  ].filter(({ items }) => items.length > 0);
  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      autoHighlight="always"
      keepHighlight
      items={groups}
      value={query}
      onValueChange={setQuery}
      itemToStringValue={({ id }: Choice) => id}
    >
      <div className="flex items-center gap-2.5 border-b px-4">
        {search.isSearching ? <Spinner className="text-faint" /> : <Search className="size-4 shrink-0 text-faint" aria-hidden />}
        <Autocomplete.Input
          ref={inputRef}
          className="h-12 min-w-0 flex-1 bg-transparent text-lg outline-none"
          placeholder={t('search.placeholder')}
          aria-label={t('search.placeholder')}
          maxLength={500}
        />
        <Kbd shortcut="Esc" className="text-faint opacity-100" />
      </div>
      {search.error !== null && <p className="px-5 pt-4 text-danger">{sentence(failureOf(search.error)).title}</p>}
      <Autocomplete.Status className="px-5 text-muted not-empty:pt-4">
        {search.isEmpty ? t('search.nothing', { query }) : null}
      </Autocomplete.Status>
      <Autocomplete.List className="min-h-0 flex-1 scroll-py-2 overflow-y-auto p-2">
        {(group: ChoiceGroup) => (
          <Autocomplete.Group key={group.value} items={group.items} className="pb-1">
            <Autocomplete.GroupLabel className="px-2.5 pt-2 pb-1 text-xs font-medium text-faint">{group.value}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(choice: Choice) => (
                <Autocomplete.Item
                  key={choice.id}
                  value={choice}
                  className="cursor-default rounded-md px-2.5 py-1.5 outline-none data-highlighted:bg-hover"
                  onClick={choice.run}
                >
                  {choice.row}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  );
}

function closeAnd(run: () => void): () => void {
  return () => {
    showSearch(false);
    run();
  };
}

function useSearch(query: string) {
  const words = useDeferredValue(query.trim());
  const result = useQuery({
    ...queries.conversationSearch({ query: words }),
    enabled: words !== '',
    placeholderData: keepPreviousData,
  });
  const hits = words === '' ? [] : (result.data?.hits ?? []);
  const choices = hits.map((hit): Choice => ({
    id: hit.messageId,
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
  const words = query.trim().toLowerCase();
  return commands
    .filter(({ label }) => label.toLowerCase().includes(words))
    .map((command) => ({
      id: command.id,
      row: (
        <p className="flex items-center gap-2.5 [&_svg]:size-4 [&_svg]:text-faint">
          {command.icon}
          <span className="flex-1">{command.label}</span>
          {command.shortcut !== undefined && <Kbd shortcut={command.shortcut} className="text-faint opacity-100" />}
        </p>
      ),
      run: closeAnd(command.run),
    }));
}
