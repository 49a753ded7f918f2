import { useQuery } from '@tanstack/react-query';
import { ArrowUp, Square } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../../shared/contract/chat.ts';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf } from '../../../components/error-sentence.ts';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { useLatest } from '../../../lib/use-latest.ts';
import { useWhen } from '../../../lib/use-when.ts';
import { queries } from '../../../rpc/queries.ts';
import { FailureAction } from '../failure-action.tsx';
import { BlindModelStrips } from '../images/blind-model-strip.tsx';
import { ImageList } from '../images/image-list.tsx';
import { ImagesCost } from '../images/images-cost.tsx';
import { seeingChoices } from '../images/seeing-models.ts';
import type { AddingImages } from '../images/use-adding-images.ts';
import { placesIn, presentScope, useScopePlaces, withoutPlace, type ScopePlace } from '../scope.ts';
import type { ChatChoices } from '../use-chat-choices.ts';
import type { AskedQuestion } from '../use-send.ts';
import { AddedDocuments } from './added-documents.tsx';
import { AttachButton } from './attach-button.tsx';
import { BudgetStrip } from './budget-strip.tsx';
import { ComposerField } from './composer-field.tsx';
import { ComposerPickers } from './composer-pickers.tsx';
import { QuoteLine } from './quote-line.tsx';
import { ScopeChips } from './scope-chips.tsx';
import type { DraftInHand } from './use-draft.ts';
import { useSendQuotes } from './use-send-quotes.ts';

interface ComposerProps {
  choices: ChatChoices;
  isRunning: boolean;
  /** The message the question follows; null for the first. */
  parentId: string | null;
  writing: DraftInHand;
  adding: AddingImages;
  /** Rejects with the reason when the question did not get away; the text stays then. */
  onSend: (asked: AskedQuestion) => Promise<void>;
  onStop: () => void;
  onAddFiles: (files: readonly File[]) => void;
  addedDocumentIds: readonly string[];
  onDismissDocument: (documentId: string) => void;
  /** Changes the last question instead of writing another one. */
  onEditLast: () => void;
}

/** Where questions are written: the text, what it is limited to, whom it is asked, and what sending it would cost. */
export function Composer(props: ComposerProps) {
  const { choices, isRunning, parentId, writing, adding, onSend, onStop, onAddFiles, onEditLast, ...documents } = props;
  const { t } = useTranslation('chat');
  const { draft, change, forget } = writing;
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isSending, setIsSending] = useState(false);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const sendKey = useQuery(queries.settings()).data?.sendKey ?? 'enter';
  const known = useScopePlaces(draft.scope !== null);
  const scope = presentScope(draft.scope, known);
  const places = placesIn(scope, known ?? []);
  const { images } = draft;
  const isAdding = adding.addingNames.length > 0;
  const isAnything = draft.text.trim() !== '' || images.length > 0 || isAdding;
  const canSend = isAnything && (choices.model !== null || !choices.isReady) && !isRunning && !isSending;
  const whenReady = useWhen(choices.isReady && !isAdding);
  const latest = useLatest({ onSend, images });
  // What is asked of nobody costs nothing.
  const asked = images.length > 0 ? seeingChoices(choices) : choices;
  const quoted = {
    text: draft.text,
    scope,
    images,
    parentId,
    choices: asked ?? choices,
    isRunning: isRunning || isSending || asked === null,
  };
  const quotes = useSendQuotes(quoted);
  const isQuoted = !quoted.isRunning && !quotes.isEmpty;
  const notice = isQuoted ? (quotes.quote?.budget ?? null) : null;
  // The strip says it with the numbers.
  const isOver = notice !== null && notice.verdict !== 'notice';
  const isSaid = isOver && failure?.code.startsWith('BUDGET_') === true;
  const overLabel = useTranslation('budgets').t;

  useEffect(() => {
    // Ready to write at once, unless something else is being written.
    const isWriting = document.activeElement instanceof HTMLInputElement || document.activeElement instanceof HTMLTextAreaElement;
    if (!isWriting) fieldRef.current?.focus({ preventScroll: true });
  }, []);

  async function send(passBudgetId: string | null = null): Promise<void> {
    if (!canSend) return;
    setIsSending(true);
    setFailure(null);
    try {
      await whenReady();
      const question = { text: draft.text.trim(), scope, images: latest.current.images, passBudgetId };
      // Of the images that were on their way none could be taken.
      if (question.text === '' && question.images.length === 0) return;
      await latest.current.onSend(question);
      forget();
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setIsSending(false);
    }
  }

  function removePlace(place: ScopePlace | undefined): void {
    if (place === undefined) return;
    change({ scope: withoutPlace(scope, place) });
    fieldRef.current?.focus();
  }

  return (
    <div className="mx-auto w-full max-w-[42rem] px-4 pb-2 sm:px-6">
      {failure !== null && !isSaid && (
        <ErrorMessage failure={failure} className="mb-2" action={<FailureAction failure={failure} onRetry={() => void send()} />} />
      )}
      {images.length > 0 && <BlindModelStrips choices={choices} />}
      {notice !== null && (
        <BudgetStrip
          notice={notice}
          model={choices.model}
          compareWith={choices.compareWith}
          onSendOnce={() => void send(notice.budget.id)}
        />
      )}
      <div className="rounded-xl border border-line-strong/50 bg-raised shadow-xs transition-colors focus-within:border-accent">
        <AddedDocuments ids={documents.addedDocumentIds} onDismiss={documents.onDismissDocument} />
        <ImageList {...adding} className="px-3 pt-3" onEmptied={() => fieldRef.current?.focus()}>
          <ImagesCost count={images.length} quotes={isQuoted ? [quotes.quote, quotes.beside].filter((each) => each !== null) : []} />
        </ImageList>
        <ScopeChips places={places} onRemove={removePlace} />
        <ComposerField
          fieldRef={fieldRef}
          draft={{ ...draft, scope }}
          onChange={change}
          sendKey={sendKey}
          placeholder={t(choices.searchDocuments === true || scope !== null ? 'composer.placeholderDocuments' : 'composer.placeholder')}
          onSend={() => void send()}
          onAddFiles={onAddFiles}
          onRemoveLast={() => removePlace(places.at(-1))}
          onEditLast={onEditLast}
        />
        <div className="flex items-center gap-1 p-2 pt-0">
          <ComposerPickers choices={choices} isLimited={scope !== null} />
          <AttachButton
            onAddFiles={(files) => {
              onAddFiles(files);
              fieldRef.current?.focus();
            }}
          />
          <span className="flex-1" />
          {isRunning ? (
            <IconButton variant="primary" label={t('composer.stop')} shortcut="Esc" onClick={onStop}>
              <Square className="size-3.5 fill-current" aria-hidden />
            </IconButton>
          ) : (
            <IconButton
              variant="primary"
              label={isOver ? overLabel('strip.sendLabel') : t('composer.send')}
              shortcut={sendKey === 'enter' ? 'Enter' : 'Mod+Enter'}
              disabled={!canSend}
              busy={isSending}
              onClick={() => void send()}
            >
              {!isSending && <ArrowUp className="size-4" aria-hidden />}
            </IconButton>
          )}
        </div>
      </div>
      <QuoteLine {...quotes} imageCount={images.length} isRunning={quoted.isRunning} />
    </div>
  );
}
