import { TextQuote } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { cn } from '../../../lib/cn.ts';
import { PlaceIcon } from './scope-chips.tsx';
import type { Suggestion, Suggestions } from './use-suggestions.ts';

interface SuggestionListProps {
  id: string;
  suggestions: Suggestions;
  onChoose: (suggestion: Suggestion) => void;
}

/** The id of an option, for `aria-activedescendant`. */
export function optionId(listId: string, index: number): string {
  return `${listId}-${String(index)}`;
}

/** What may be chosen for the word being typed, above the composer. The focus stays in the text. */
export function SuggestionList({ id, suggestions: { trigger, items, highlighted, highlight }, onChoose }: SuggestionListProps) {
  const { t } = useTranslation('composer');
  if (trigger === null) return null;
  const label = t(trigger.kind === 'prompt' ? 'suggest.prompts' : 'suggest.places');
  const nothing = t(trigger.kind === 'prompt' ? 'suggest.noPrompts' : 'suggest.noPlaces');
  // A word that finds nothing is most likely only a word.
  if (items.length === 0 && trigger.query !== '') return null;
  return (
    <div className="absolute inset-x-0 bottom-full z-10 mb-1.5 overflow-hidden rounded-lg bg-raised shadow-popup">
      <p className="px-3 pt-2 text-xs font-medium text-faint">{label}</p>
      {items.length === 0 ? (
        <p className="px-3 pt-1 pb-2.5 text-sm text-muted">{nothing}</p>
      ) : (
        // The native ones cannot hang above a text that keeps the focus.
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
        <div role="listbox" id={id} aria-label={label} className="max-h-72 overflow-y-auto p-1">
          {items.map((suggestion, index) => (
            <button
              key={suggestion.id}
              type="button"
              // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- as above
              role="option"
              id={optionId(id, index)}
              tabIndex={-1}
              aria-selected={index === highlighted}
              className={cn('flex min-h-8 w-full items-center gap-2.5 rounded-md px-2 py-1 text-left', index === highlighted && 'bg-hover')}
              // A press would take the focus out of the text.
              onPointerDown={(event) => event.preventDefault()}
              onPointerMove={() => highlight(index)}
              onClick={() => onChoose(suggestion)}
            >
              <SuggestionRow suggestion={suggestion} />
            </button>
          ))}
        </div>
      )}
      <output className="sr-only">{items.length === 0 ? nothing : t('suggest.count', { count: items.length })}</output>
    </div>
  );
}

function SuggestionRow({ suggestion }: { suggestion: Suggestion }) {
  const { t } = useTranslation('composer');
  if (suggestion.kind === 'place') {
    const { kind, name } = suggestion.place;
    return (
      <>
        <span className="text-faint">
          <PlaceIcon kind={kind} />
        </span>
        <span className="min-w-0 flex-1 truncate">{name}</span>
        <span className="shrink-0 text-xs text-faint">{t(`suggest.${kind}`)}</span>
      </>
    );
  }
  const { name, text } = suggestion.prompt;
  return (
    <>
      <TextQuote className="size-3.5 shrink-0 text-faint" aria-hidden />
      <span className="max-w-1/2 shrink-0 truncate">{name}</span>
      <span className="min-w-0 flex-1 truncate text-sm text-faint">{text}</span>
    </>
  );
}
