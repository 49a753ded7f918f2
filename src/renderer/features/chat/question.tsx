import { Pencil, Trash2 } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/chat.ts';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { CopyButton } from './copy-button.tsx';
import { startEditing, useEditing } from './editing-store.ts';
import { QuestionImages } from './images/question-images.tsx';
import { QuestionEditor, type ChangedQuestion } from './question-editor.tsx';
import { QuestionScope } from './question-scope.tsx';
import { SiblingSwitch } from './sibling-switch.tsx';

interface QuestionProps {
  message: Message;
  isBusy: boolean;
  onShowSibling: (messageId: string) => void;
  /** Asks the changed text in this one's place; the old question stays as a sibling. */
  onEdit: (message: Message, changed: ChangedQuestion) => void;
  onRemove: (message: Message) => void;
}

/** A question as it was asked: plain text, whatever is in it. */
export const Question = memo(function Question({ message, isBusy, onShowSibling, onEdit, onRemove }: QuestionProps) {
  const { t } = useTranslation(['chat', 'branches']);
  const isEditing = useEditing(({ messageId }) => messageId === message.id);
  if (isEditing) {
    return (
      <QuestionEditor
        message={message}
        isBusy={isBusy}
        onCancel={endEditing}
        onSave={(changed) => {
          endEditing();
          onEdit(message, changed);
        }}
      />
    );
  }
  return (
    <article aria-label={t('question.name')} className="group/question flex flex-col items-end gap-1">
      {message.text !== '' && (
        <div
          data-said
          className="max-w-[85%] rounded-2xl rounded-br-md bg-hover px-4 py-2.5 text-[0.9375rem] leading-relaxed wrap-anywhere whitespace-pre-wrap"
        >
          {message.text}
        </div>
      )}
      {message.images.length > 0 && <QuestionImages images={message.images} />}
      <MissingImages count={message.imported?.missingImages.length ?? 0} />
      {message.scope !== null && <QuestionScope scope={message.scope} />}
      <div className="-my-0.5 flex items-center">
        <SiblingSwitch message={message} onShow={onShowSibling} />
        <div className="flex opacity-0 transition-opacity group-focus-within/question:opacity-100 group-hover/question:opacity-100 pointer-coarse:opacity-100">
          {message.text !== '' && <CopyButton text={() => message.text} label={t('question.copy')} />}
          <IconButton
            size="sm"
            className="text-faint"
            label={t('question.edit')}
            disabled={isBusy}
            onClick={() => startEditing(message.id)}
          >
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
      </div>
    </article>
  );
});

/** Images that did not come along with an import. */
function MissingImages({ count }: { count: number }) {
  const { t } = useTranslation('portable');
  if (count === 0) return null;
  return <p className="text-sm text-faint">{t('imported.missingImages', { count })}</p>;
}

/** The focus goes where the next question is written, since the field it was in is gone. */
function endEditing(): void {
  startEditing(null);
  document.querySelector<HTMLElement>('[data-composer]')?.focus();
}
