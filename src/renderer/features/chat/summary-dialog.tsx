import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BranchSummary } from '../../../shared/contract/context.ts';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { FormButtons } from '../../components/form-buttons.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Dialog } from '../../components/ui/dialog.tsx';
import { Textarea } from '../../components/ui/textarea.tsx';
import { useFormat } from '../../lib/format.ts';
import { mutation } from '../../rpc/queries.ts';
import { Markdown } from './markdown/markdown.tsx';

interface SummaryDialogProps {
  summary: BranchSummary;
  /** Opens with the text in a field. */
  isEdited: boolean;
  onClose: () => void;
}

/** Shows what a summary says, and lets one change it. */
export function SummaryDialog({ summary, isEdited, onClose }: SummaryDialogProps) {
  const { t } = useTranslation(['context', 'common']);
  const format = useFormat();
  const formId = useId();
  const [isEditing, setIsEditing] = useState(isEdited);
  const [text, setText] = useState(summary.text);
  const edit = useMutation({ ...mutation('summaries.edit'), onSuccess: onClose });
  const { messageId, messageCount, model, createdAt, editedAt, isUsed } = summary;
  const written = { model: model.modelId, date: format.dayOf(editedAt ?? createdAt) };
  return (
    <Dialog
      open
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={t('summary.title', { count: messageCount, formatted: format.count(messageCount) })}
      description={
        <>
          <span className="block">{t(editedAt === null ? 'summary.by' : 'summary.byEdited', written)}</span>
          <span className="block">{t(isUsed ? 'summary.inPlace' : 'summary.notInPlace')}</span>
        </>
      }
      className="w-[min(40rem,calc(100vw-2rem))]"
      footer={
        isEditing ? (
          <FormButtons formId={formId} busy={edit.isPending} disabled={text.trim() === ''} onCancel={onClose} />
        ) : (
          <Button onClick={() => setIsEditing(true)}>{t('summary.edit')}</Button>
        )
      }
    >
      {isEditing ? (
        <form
          id={formId}
          onSubmit={(event) => {
            event.preventDefault();
            edit.mutate({ messageId, text });
          }}
        >
          {edit.isError && <ErrorMessage failure={failureOf(edit.error)} className="mb-3" />}
          <Textarea
            aria-label={t('summary.field')}
            value={text}
            maxLength={40_000}
            className="min-h-40 w-full"
            onChange={(event) => setText(event.target.value)}
          />
        </form>
      ) : (
        <Markdown text={summary.text} />
      )}
    </Dialog>
  );
}
