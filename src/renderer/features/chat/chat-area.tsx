import { FileDown } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorSentence } from '../../components/error-sentence.ts';
import { firstCollectionId } from '../../components/use-collections.ts';
import { choose } from './choice-store.ts';
import { addFiles } from './composer/add-files.ts';
import { Composer } from './composer/composer.tsx';
import { useDraft } from './composer/use-draft.ts';
import { saysImage } from './images/says-image.ts';
import { useAddingImages } from './images/use-adding-images.ts';
import type { ChatChoices } from './use-chat-choices.ts';
import { useFileDrop } from './use-file-drop.ts';
import type { AskedQuestion } from './use-send.ts';
import { useStopKey } from './use-stop-key.ts';

interface ChatAreaProps {
  choices: ChatChoices;
  isRunning: boolean;
  /** The message the next question follows; null for the first. */
  parentId: string | null;
  onSend: (asked: AskedQuestion) => Promise<void>;
  onStop: () => void;
  onEditLast: () => void;
  children: ReactNode;
}

/** Messages above, the composer below, and files welcome anywhere on it. */
export function ChatArea({ choices, isRunning, parentId, onSend, onStop, onEditLast, children }: ChatAreaProps) {
  const { t } = useTranslation('chat');
  const sentence = useErrorSentence();
  const [addedIds, setAddedIds] = useState<readonly string[]>([]);
  useStopKey(isRunning ? onStop : undefined);

  const writing = useDraft(choices.conversationKey);
  const adding = useAddingImages(writing.draft.images, (update) => writing.change(({ images }) => ({ images: update(images) })));

  async function addDocuments(files: readonly File[]): Promise<void> {
    const added = await addFiles(files, t, sentence);
    if (added.length === 0) return;
    setAddedIds((ids) => [...new Set([...ids, ...added])]);
    choose(choices.conversationKey, { collectionIds: [...new Set([...choices.collectionIds, firstCollectionId])] });
  }
  function add(files: readonly File[]): void {
    adding.add(files.filter(saysImage));
    void addDocuments(files.filter((file) => !saysImage(file)));
  }
  const { isOver, dropProps } = useFileDrop(add);

  return (
    <div className="relative flex h-full min-h-0 flex-col" {...dropProps}>
      {children}
      <Composer
        key={choices.conversationKey}
        choices={choices}
        isRunning={isRunning}
        parentId={parentId}
        writing={writing}
        adding={adding}
        onSend={async (asked) => {
          await onSend(asked);
          setAddedIds([]);
        }}
        onStop={onStop}
        onEditLast={onEditLast}
        onAddFiles={add}
        addedDocumentIds={addedIds}
        onDismissDocument={(dismissed) => setAddedIds((ids) => ids.filter((id) => id !== dismissed))}
      />
      {isOver && (
        <div className="pointer-events-none absolute inset-2 z-20 flex flex-col items-center justify-center gap-2 rounded-xl border-2 border-dashed border-accent bg-canvas/90 text-accent">
          <FileDown className="size-8" aria-hidden />
          <p className="font-medium">{t('files.drop')}</p>
        </div>
      )}
    </div>
  );
}
