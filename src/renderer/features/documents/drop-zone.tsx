import { Upload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { carriesFiles, filesOfDrop } from './picked-file.ts';
import { addFiles } from './upload-store.ts';

/** Takes files dropped anywhere in the window while mounted, and says so while they hover. null: into the first collection. */
export function DropZone({ collectionId }: { collectionId: string | null }) {
  const { t } = useTranslation('documents');
  const [isOver, setIsOver] = useState(false);

  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      // Moving between elements of the page also "leaves"; only leaving the window has nowhere to go.
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      setIsOver(false);
      if (event.dataTransfer === null || !carriesFiles(event.dataTransfer)) return;
      event.preventDefault();
      void filesOfDrop(event.dataTransfer).then((files) => addFiles(files, collectionId));
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
    };
  }, [collectionId]);

  if (!isOver) return null;
  return (
    <div className="pointer-events-none fixed inset-0 z-50 flex items-center justify-center bg-canvas/80 p-6">
      <div className="flex size-full flex-col items-center justify-center gap-2 rounded-xl border-2 border-dashed border-accent bg-accent-soft/60">
        <Upload className="size-8 text-accent" aria-hidden />
        <p className="text-lg font-semibold">{t('dropHere')}</p>
        <p className="text-muted">{t('dropHint')}</p>
      </div>
    </div>
  );
}
