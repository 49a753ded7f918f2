import { useEffect, useEffectEvent, useId, useRef, useState, type ClipboardEvent, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../../../shared/contract/drafts.ts';
import type { Prompt } from '../../../../shared/contract/library.ts';
import { Kbd } from '../../../components/ui/kbd.tsx';
import { offerPrompt, useOfferedPrompt } from '../offered-prompt.ts';
import { withPlace } from '../scope.ts';
import { isOfInputMethod, isSendPress, type SendKey } from '../send-key.ts';
import { optionId, SuggestionList } from './suggestion-list.tsx';
import type { ChangeDraft } from './use-draft.ts';
import { useFilling } from './use-filling.ts';
import { useSuggestions, type Suggestion } from './use-suggestions.ts';

interface ComposerFieldProps {
  fieldRef: RefObject<HTMLTextAreaElement | null>;
  draft: Draft;
  onChange: ChangeDraft;
  sendKey: SendKey;
  placeholder: string;
  onSend: () => void;
  onAddFiles: (files: readonly File[]) => void;
  /** Backspace before the first letter. */
  onRemoveLast: () => void;
  /** ↑ in an empty field. */
  onEditLast: () => void;
}

/**
 * The text of a question. `/` offers prompts and `@` documents; placeholders of a prompt are filled one after the other.
 * Keys that belong to an input method are left to it: the Enter that ends a conversion neither sends nor chooses.
 */
export function ComposerField(props: ComposerFieldProps) {
  const { fieldRef, draft, onChange, sendKey, placeholder, onSend, onAddFiles, onRemoveLast, onEditLast } = props;
  const { t } = useTranslation('composer');
  const listId = useId();
  const [caret, setCaret] = useState<number | null>(null);
  const suggestions = useSuggestions(draft.text, caret);
  const filling = useFilling(fieldRef, draft.text, (text) => onChange({ text }));
  const { trigger, items, highlighted } = suggestions;
  const isListOpen = trigger !== null && items.length > 0;
  const isComposing = useRef(false);

  function readCaret(): void {
    const { selectionStart = null, selectionEnd = null } = fieldRef.current ?? {};
    setCaret(selectionStart === selectionEnd ? selectionStart : null);
  }

  /** After the changed text has come into the field. */
  function moveCaret(to: number): void {
    setCaret(null);
    requestAnimationFrame(() => {
      const field = fieldRef.current;
      field?.focus();
      // A placeholder that was selected meanwhile stays so.
      if (field?.selectionStart === field?.selectionEnd) field?.setSelectionRange(to, to);
    });
  }

  function choose(suggestion: Suggestion | undefined): void {
    if (trigger === null || suggestion === undefined) return;
    const [before, after] = [draft.text.slice(0, trigger.start), draft.text.slice(trigger.end)];
    if (suggestion.kind === 'place') {
      onChange({ text: before + after, scope: withPlace(draft.scope, suggestion.place) });
      moveCaret(before.length);
      return;
    }
    const text = before + suggestion.prompt.text;
    onChange({ text: text + after });
    moveCaret(text.length);
    filling.begin(text + after, before.length);
  }

  const offered = useOfferedPrompt(({ prompt }) => prompt);
  const takeOffered = useEffectEvent((prompt: Prompt) => {
    offerPrompt(null);
    const before = draft.text === '' ? '' : `${draft.text}\n`;
    onChange({ text: before + prompt.text });
    moveCaret(before.length + prompt.text.length);
    filling.begin(before + prompt.text, before.length);
  });
  useEffect(() => {
    if (offered === null) return undefined;
    const frame = requestAnimationFrame(() => takeOffered(offered));
    return () => cancelAnimationFrame(frame);
  }, [offered]);

  /** Keys while the list is open. Returns whether the key was one of them. */
  function handleListKey(event: KeyboardEvent): boolean {
    if (!isListOpen) return false;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') suggestions.move(event.key === 'ArrowDown' ? 1 : -1);
    else if ((event.key === 'Enter' && !event.shiftKey) || event.key === 'Tab') choose(items[highlighted]);
    else if (event.key === 'Escape') suggestions.dismiss();
    else return false;
    return true;
  }

  /** Keys while placeholders are filled. */
  function handleFillingKey(event: KeyboardEvent): boolean {
    if (filling.name === null) return false;
    if (event.key === 'Escape') filling.end();
    else if ((event.key === 'Tab' && !event.shiftKey) || isSendPress(pressOf(event), sendKey)) return filling.next();
    else return false;
    return true;
  }

  function handleKey(event: KeyboardEvent): boolean {
    const isEmpty = draft.text === '';
    if (isSendPress(pressOf(event), sendKey)) onSend();
    else if (event.key === 'ArrowUp' && isEmpty && !hasModifier(event)) onEditLast();
    else if (event.key === 'Backspace' && isAtStart(fieldRef.current)) onRemoveLast();
    else return false;
    // There was nothing to delete, so nothing is kept from happening; a held key must not go on to the next chip.
    return true;
  }

  function handleKeyDown(event: KeyboardEvent): void {
    if (isComposing.current || isOfInputMethod(event.nativeEvent)) return;
    if (handleListKey(event) || handleFillingKey(event) || handleKey(event)) event.preventDefault();
  }

  function handlePaste(event: ClipboardEvent): void {
    const files = [...event.clipboardData.files];
    // A spreadsheet also offers a picture of what was copied; the text is meant.
    if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    onAddFiles(files);
  }

  return (
    <div className="relative">
      <SuggestionList id={listId} suggestions={suggestions} onChoose={choose} />
      {filling.name !== null && <FillingHint name={filling.name} />}
      <textarea
        ref={fieldRef}
        data-composer
        rows={1}
        value={draft.text}
        aria-label={t('label')}
        aria-haspopup="listbox"
        aria-autocomplete="list"
        aria-controls={isListOpen ? listId : undefined}
        aria-activedescendant={isListOpen ? optionId(listId, highlighted) : undefined}
        placeholder={placeholder}
        className="block field-sizing-content max-h-[40vh] min-h-11 w-full resize-none bg-transparent px-4 pt-3 pb-1 leading-relaxed outline-none"
        onChange={(event) => {
          onChange({ text: event.target.value });
          readCaret();
        }}
        onSelect={readCaret}
        onBlur={() => setCaret(null)}
        onPaste={handlePaste}
        onKeyDown={handleKeyDown}
        onCompositionStart={() => (isComposing.current = true)}
        onCompositionEnd={() => (isComposing.current = false)}
      />
    </div>
  );
}

function FillingHint({ name }: { name: string }) {
  const { t } = useTranslation('composer');
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 pt-2.5 text-xs text-muted">
      <output>{t('fill.name', { name })}</output>
      <span className="flex items-center gap-1 text-faint">
        <Kbd shortcut="Tab" /> {t('fill.next')}
      </span>
      <span className="flex items-center gap-1 text-faint">
        <Kbd shortcut="Esc" /> {t('fill.end')}
      </span>
    </p>
  );
}

function pressOf({ nativeEvent }: KeyboardEvent): globalThis.KeyboardEvent {
  return nativeEvent;
}

function hasModifier({ shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return shiftKey || ctrlKey || metaKey || altKey;
}

function isAtStart(field: HTMLTextAreaElement | null): boolean {
  return field?.selectionStart === 0 && field.selectionEnd === 0;
}
