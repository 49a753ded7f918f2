import { Autocomplete } from '@base-ui/react/autocomplete';
import { Dialog } from '@base-ui/react/dialog';
import { Search } from 'lucide-react';
import { useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Kbd } from '../../components/ui/kbd.tsx';
import { Spinner } from '../../components/ui/spinner.tsx';
import type { Choice, ChoiceGroup, SearchCommand } from './palette-choice.ts';
import { showSearch, useSearchOpen } from './search-store.ts';
import { useChoices } from './use-choices.tsx';

/** The palette: finds messages by their words, conversations by their titles, and whatever can be done or gone to. */
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
  const { groups, error, isSearching, isEmpty } = useChoices(commands, query);
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
        {isSearching ? <Spinner className="text-faint" /> : <Search className="size-4 shrink-0 text-faint" aria-hidden />}
        <Autocomplete.Input
          ref={inputRef}
          className="h-12 min-w-0 flex-1 bg-transparent text-lg outline-none"
          placeholder={t('search.placeholder')}
          aria-label={t('search.placeholder')}
          maxLength={500}
        />
        <Kbd shortcut="Esc" className="text-faint opacity-100" />
      </div>
      {error !== null && <p className="px-5 pt-4 text-danger">{sentence(failureOf(error)).title}</p>}
      <Autocomplete.Status className="px-5 text-muted not-empty:pt-4">
        {isEmpty ? t('search.nothing', { query }) : null}
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
