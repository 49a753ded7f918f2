import { ArrowUp, Paperclip, Square } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../../shared/contract/chat.ts';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf } from '../../../components/error-sentence.ts';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { useLatest } from '../../../lib/use-latest.ts';
import { useWhen } from '../../../lib/use-when.ts';
import { choose } from '../choice-store.ts';
import { FailureAction } from '../failure-action.tsx';
import type { ChatChoices } from '../use-chat-choices.ts';
import { AddedDocuments } from './added-documents.tsx';
import { DocumentsPicker } from './documents-picker.tsx';
import { useDraft } from './draft.ts';
import { ModelPicker } from './model-picker.tsx';
import { QuoteLine } from './quote-line.tsx';

interface ComposerProps {
  choices: ChatChoices;
  isRunning: boolean;
  /** The message the question follows; null for the first. */
  parentId: string | null;
  /** Rejects with the reason when the question did not get away; the text stays then. */
  onSend: (text: string) => Promise<void>;
  onStop: () => void;
  onAddFiles: (files: readonly File[]) => void;
  addedDocumentIds: readonly string[];
  onDismissDocument: (documentId: string) => void;
}

/** Where questions are written. Enter sends, Shift+Enter starts a line; Enter that ends an IME conversion does neither. */
export function Composer({ choices, isRunning, parentId, onSend, onStop, onAddFiles, addedDocumentIds, onDismissDocument }: ComposerProps) {
  const { t } = useTranslation('chat');
  const [text, setText] = useDraft(choices.conversationKey);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isSending, setIsSending] = useState(false);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const canSend = text.trim() !== '' && (choices.model !== null || !choices.isReady) && !isRunning && !isSending;
  const whenReady = useWhen(choices.isReady);
  const latestOnSend = useLatest(onSend);

  useEffect(() => {
    // Ready to write at once, unless something else is being written.
    const isWriting = document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement;
    if (!isWriting) fieldRef.current?.focus({ preventScroll: true });
  }, []);

  async function send(): Promise<void> {
    if (!canSend) return;
    setIsSending(true);
    setFailure(null);
    try {
      await whenReady();
      await latestOnSend.current(text.trim());
      setText('');
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setIsSending(false);
    }
  }

  function handleKeyDown(event: KeyboardEvent): void {
    // Safari and old Chromium report the Enter that ends a conversion with code 229 instead.
    const isComposing = event.nativeEvent.isComposing || event.keyCode === 229;
    if (event.key !== 'Enter' || event.shiftKey || isComposing) return;
    event.preventDefault();
    void send();
  }

  return (
    <div className="mx-auto w-full max-w-[42rem] px-4 pb-2 sm:px-6">
      {failure !== null && (
        <ErrorMessage failure={failure} className="mb-2" action={<FailureAction failure={failure} onRetry={() => void send()} />} />
      )}
      <div className="rounded-xl border border-line-strong/50 bg-raised shadow-xs transition-colors focus-within:border-accent">
        <AddedDocuments ids={addedDocumentIds} onDismiss={onDismissDocument} />
        <textarea
          ref={fieldRef}
          rows={1}
          value={text}
          aria-label={t('composer.label')}
          placeholder={t(choices.searchDocuments === true ? 'composer.placeholderDocuments' : 'composer.placeholder')}
          className="block field-sizing-content max-h-[40vh] min-h-11 w-full resize-none bg-transparent px-4 pt-3 pb-1 leading-relaxed outline-none"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={handleKeyDown}
        />
        <div className="flex items-center gap-1 p-2 pt-0">
          <ModelPicker
            groups={choices.groups}
            value={choices.model}
            isLoading={choices.isLoadingModels}
            onChange={(model) => choose(choices.conversationKey, { model })}
          />
          <DocumentsPicker choices={choices} />
          <AttachButton onAddFiles={onAddFiles} />
          <span className="flex-1" />
          {isRunning ? (
            <IconButton variant="primary" label={t('composer.stop')} shortcut="Esc" onClick={onStop}>
              <Square className="size-3.5 fill-current" aria-hidden />
            </IconButton>
          ) : (
            <IconButton
              variant="primary"
              label={t('composer.send')}
              shortcut="Enter"
              disabled={!canSend}
              busy={isSending}
              onClick={() => void send()}
            >
              {!isSending && <ArrowUp className="size-4" aria-hidden />}
            </IconButton>
          )}
        </div>
      </div>
      <QuoteLine text={text} parentId={parentId} choices={choices} isRunning={isRunning || isSending} />
    </div>
  );
}

function AttachButton({ onAddFiles }: { onAddFiles: (files: readonly File[]) => void }) {
  const { t } = useTranslation('chat');
  const inputRef = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton size="sm" label={t('composer.attach')} onClick={() => inputRef.current?.click()}>
        <Paperclip className="size-4" aria-hidden />
      </IconButton>
      <input
        ref={inputRef}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-label={t('composer.attach')}
        onChange={(event) => {
          onAddFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
    </>
  );
}
