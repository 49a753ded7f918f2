import { useQuery } from '@tanstack/react-query';
import { Pencil, Trash2 } from 'lucide-react';
import { memo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/chat.ts';
import { Button } from '../../components/ui/button.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Textarea } from '../../components/ui/textarea.tsx';
import { queries } from '../../rpc/queries.ts';
import { CopyButton } from './copy-button.tsx';
import { startEditing, useEditing } from './editing-store.ts';
import { QuestionScope } from './question-scope.tsx';
import { isOfInputMethod, isSendPress } from './send-key.ts';
import { SiblingSwitch } from './sibling-switch.tsx';

interface QuestionProps {
  message: Message;
  isBusy: boolean;
  onShowSibling: (messageId: string) => void;
  /** Asks the changed text in this one's place; the old question stays as a sibling. */
  onEdit: (message: Message, text: string) => void;
  onRemove: (message: Message) => void;
}

/** A question as it was asked: plain text, whatever is in it. */
export const Question = memo(function Question({ message, isBusy, onShowSibling, onEdit, onRemove }: QuestionProps) {
  const { t } = useTranslation(['chat', 'branches']);
  const isEditing = useEditing(({ messageId }) => messageId === message.id);
  if (isEditing) {
    return (
      <QuestionEditor
        text={message.text}
        isBusy={isBusy}
        onCancel={endEditing}
        onSave={(text) => {
          endEditing();
          onEdit(message, text);
        }}
      />
    );
  }
  return (
    <article aria-label={t('question.name')} className="flex flex-col items-end gap-1">
      <div
        data-said
        className="max-w-[85%] rounded-2xl rounded-br-md bg-hover px-4 py-2.5 text-[0.9375rem] leading-relaxed wrap-anywhere whitespace-pre-wrap"
      >
        {message.text}
      </div>
      {message.scope !== null && <QuestionScope scope={message.scope} />}
      <div className="-my-0.5 flex items-center">
        <SiblingSwitch message={message} onShow={onShowSibling} />
        <CopyButton text={() => message.text} label={t('question.copy')} />
        <IconButton size="sm" className="text-faint" label={t('question.edit')} disabled={isBusy} onClick={() => startEditing(message.id)}>
          <Pencil className="size-3.5" aria-hidden />
        </IconButton>
        <IconButton
          size="sm"
          className="text-faint"
          label={t('branches:removeQuestion')}
          disabled={isBusy}
          onClick={() => onRemove(message)}
        >
          <Trash2 className="size-3.5" aria-hidden />
        </IconButton>
      </div>
    </article>
  );
});

/** The focus goes where the next question is written, since the field it was in is gone. */
function endEditing(): void {
  startEditing(null);
  document.querySelector<HTMLElement>('[data-composer]')?.focus();
}

interface QuestionEditorProps {
  text: string;
  isBusy: boolean;
  onCancel: () => void;
  onSave: (text: string) => void;
}

function QuestionEditor({ text, isBusy, onCancel, onSave }: QuestionEditorProps) {
  const { t } = useTranslation(['chat', 'common']);
  const [draft, setDraft] = useState(text);
  const sendKey = useQuery(queries.settings()).data?.sendKey ?? 'enter';
  const canSave = !isBusy && draft.trim() !== '';
  function handleKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !isOfInputMethod(event.nativeEvent)) onCancel();
    if (!isSendPress(event.nativeEvent, sendKey)) return;
    event.preventDefault();
    if (canSave) onSave(draft.trim());
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSave) onSave(draft.trim());
      }}
    >
      <Textarea
        // The field takes the place of what was clicked; the focus goes along.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        aria-label={t('question.edit')}
        value={draft}
        className="px-4 leading-relaxed"
        onFocus={(event) => event.target.setSelectionRange(text.length, text.length)}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={handleKeyDown}
      />
      <div className="flex items-center justify-end gap-2">
        <span className="flex-1 text-sm text-faint">{t('question.editHint')}</span>
        <Button size="sm" variant="ghost" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button size="sm" variant="primary" type="submit" disabled={!canSave}>
          {t('question.ask')}
        </Button>
      </div>
    </form>
  );
}
