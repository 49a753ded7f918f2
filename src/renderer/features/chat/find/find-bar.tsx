import { ChevronDown, ChevronUp, Search, X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BranchEntry } from '../../../../shared/contract/conversations.ts';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { useFormat } from '../../../lib/format.ts';
import { closeFind, useFindStore } from './find-store.ts';
import { useFind } from './use-find.ts';

interface FindBarProps {
  conversationId: string;
  branch: readonly BranchEntry[];
  /** The list is still on its way to a message. */
  isJumping: boolean;
}

/** Finds words in the messages of the open branch, when it is asked for. */
export function FindBar(props: FindBarProps) {
  const isOpen = useFindStore((state) => state.conversationId === props.conversationId);
  useEffect(() => closeFind, []);
  return isOpen ? <OpenFindBar {...props} /> : null;
}

function OpenFindBar({ conversationId, branch, isJumping }: FindBarProps) {
  const { t } = useTranslation('chat');
  const find = useFind(conversationId, branch, isJumping);
  const inputRef = useRef<HTMLInputElement>(null);
  useEffect(() => {
    let frame = 0;
    function enterField(): void {
      cancelAnimationFrame(frame);
      // After the palette, where it was asked for there, has given the focus back.
      frame = requestAnimationFrame(() => inputRef.current?.select());
    }
    enterField();
    // Asking for an open bar leads back into its field.
    const unsubscribe = useFindStore.subscribe(enterField);
    return () => {
      unsubscribe();
      cancelAnimationFrame(frame);
    };
  }, []);

  function close(): void {
    closeFind();
    document.querySelector<HTMLElement>('[data-composer]')?.focus();
  }
  function handleKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') close();
    else if (event.key === 'Enter' && event.target === inputRef.current) find.move(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
  }

  return (
    // The keys are those of what stands in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <search
      aria-label={t('find.name')}
      onKeyDown={handleKeyDown}
      className="flex shrink-0 items-center gap-0.5 border-b bg-raised py-1 pr-2 pl-4 sm:pl-6"
    >
      <Search className="mr-2 size-4 shrink-0 text-faint" aria-hidden />
      <input
        ref={inputRef}
        value={find.query}
        onChange={(event) => find.setQuery(event.target.value)}
        aria-label={t('find.name')}
        placeholder={t('find.name')}
        maxLength={500}
        className="h-8 min-w-0 flex-1 bg-transparent outline-none"
      />
      <FindStatus find={find} />
      <IconButton
        size="sm"
        label={t('find.previous')}
        shortcut="Shift+Enter"
        tooltipSide="bottom"
        disabled={find.count === 0}
        onClick={() => find.move(-1)}
      >
        <ChevronUp className="size-4" aria-hidden />
      </IconButton>
      <IconButton
        size="sm"
        label={t('find.next')}
        shortcut="Enter"
        tooltipSide="bottom"
        disabled={find.count === 0}
        onClick={() => find.move(1)}
      >
        <ChevronDown className="size-4" aria-hidden />
      </IconButton>
      <IconButton size="sm" label={t('find.close')} shortcut="Esc" tooltipSide="bottom" onClick={close}>
        <X className="size-4" aria-hidden />
      </IconButton>
    </search>
  );
}

/** Where one is among the matches, or why there are none. */
function FindStatus({ find }: { find: ReturnType<typeof useFind> }) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const sentence = useErrorSentence();
  const place = { position: format.count(find.position), formatted: format.count(find.count) };
  const isFound = find.position > 0;
  function said(): string {
    if (find.error !== null) return sentence(failureOf(find.error)).title;
    if (find.query.trim() === '') return t('find.empty');
    if (find.isSearching) return t('find.searching');
    return isFound ? t('find.positionRead', place) : t('find.nothing');
  }
  const isSilent = isFound || find.query.trim() === '';
  return (
    <>
      {isFound && find.error === null && (
        <span aria-hidden className="px-1 text-sm whitespace-nowrap text-muted tabular-nums">
          {t('find.position', place)}
        </span>
      )}
      <output className={isSilent && find.error === null ? 'sr-only' : 'px-1 text-sm text-muted'}>{said()}</output>
    </>
  );
}
