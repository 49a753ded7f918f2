import { useQuery } from '@tanstack/react-query';
import { ImagePlus } from 'lucide-react';
import { useRef, useState, type ClipboardEvent, type DragEvent, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/chat.ts';
import type { AttachedImage } from '../../../shared/contract/images.ts';
import { Button } from '../../components/ui/button.tsx';
import { FileInput } from '../../components/ui/file-input.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Textarea } from '../../components/ui/textarea.tsx';
import { useLatest } from '../../lib/use-latest.ts';
import { useWhen } from '../../lib/use-when.ts';
import { queries } from '../../rpc/queries.ts';
import { ImageList } from './images/image-list.tsx';
import { saysImage } from './images/says-image.ts';
import { useAddingImages } from './images/use-adding-images.ts';
import { isOfInputMethod, isSendPress } from './send-key.ts';
import type { AskedQuestion } from './use-send.ts';

/** What a question is to be instead. */
export type ChangedQuestion = Pick<AskedQuestion, 'text' | 'images'>;

interface QuestionEditorProps {
  message: Message;
  isBusy: boolean;
  onCancel: () => void;
  onSave: (changed: ChangedQuestion) => void;
}

/** A question while it is changed in place: its text and its images. Images dropped or pasted here are added to it. */
export function QuestionEditor({ message, isBusy, onCancel, onSave }: QuestionEditorProps) {
  const { t } = useTranslation(['chat', 'common', 'images']);
  const [text, setText] = useState(message.text);
  const [images, setImages] = useState<readonly AttachedImage[]>(message.images);
  const adding = useAddingImages(images, setImages);
  const fieldRef = useRef<HTMLTextAreaElement>(null);
  const pickRef = useRef<HTMLInputElement>(null);
  const sendKey = useQuery(queries.settings()).data?.sendKey ?? 'enter';
  const isAdding = adding.addingNames.length > 0;
  const canSave = !isBusy && (text.trim() !== '' || images.length > 0 || isAdding);
  const whenAdded = useWhen(!isAdding);
  const latest = useLatest({ text: text.trim(), images });

  async function save(): Promise<void> {
    if (!canSave) return;
    await whenAdded();
    const changed = latest.current;
    // Of the images that were on their way none could be taken.
    if (changed.text !== '' || changed.images.length > 0) onSave(changed);
  }
  function handleKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape' && !isOfInputMethod(event.nativeEvent)) onCancel();
    if (!isSendPress(event.nativeEvent, sendKey)) return;
    event.preventDefault();
    void save();
  }
  /** Takes images; anything else goes its usual way. */
  function takeImages(event: ClipboardEvent | DragEvent, { files, types }: DataTransfer): void {
    if (files.length === 0 || types.includes('text/plain') || ![...files].every(saysImage)) return;
    event.preventDefault();
    adding.add([...files]);
  }
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Textarea
        ref={fieldRef}
        // The field takes the place of what was clicked; the focus goes along.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        aria-label={t('question.edit')}
        value={text}
        className="px-4 leading-relaxed"
        onFocus={(event) => event.target.setSelectionRange(message.text.length, message.text.length)}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={handleKeyDown}
        onPaste={(event) => takeImages(event, event.clipboardData)}
        onDrop={(event) => takeImages(event, event.dataTransfer)}
      />
      <ImageList {...adding} onEmptied={() => fieldRef.current?.focus()} />
      <div className="flex items-center justify-end gap-2">
        <IconButton size="sm" label={t('images:add')} onClick={() => pickRef.current?.click()}>
          <ImagePlus className="size-4" aria-hidden />
        </IconButton>
        <FileInput ref={pickRef} label={t('images:add')} accept="image/*" multiple onFiles={adding.add} />
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
