import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachedImage } from '../../../../shared/contract/images.ts';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { useFormat } from '../../../lib/format.ts';
import { ImagePicture } from './image-picture.tsx';

interface ImageDialogProps {
  images: readonly AttachedImage[];
  /** The one that is shown; null: none. */
  shownId: string | null;
  onShow: (imageId: string | null) => void;
}

/** One image as large as there is room. The arrow keys go from one to the next, Escape closes. */
export function ImageDialog({ images, shownId, onShow }: ImageDialogProps) {
  const { t } = useTranslation('images');
  const format = useFormat();
  const index = images.findIndex(({ id }) => id === shownId);
  const shown = images[index];
  const go = (step: -1 | 1): void => onShow(images[(index + step + images.length) % images.length]?.id ?? null);
  const handleKey = useEffectEvent(({ key }: KeyboardEvent) => {
    if (key === 'ArrowLeft') go(-1);
    if (key === 'ArrowRight') go(1);
  });
  const isOpen = shown !== undefined;
  useEffect(() => {
    if (!isOpen) return undefined;
    // The dialog keeps arrow keys from going further out.
    window.addEventListener('keydown', handleKey, { capture: true });
    return () => window.removeEventListener('keydown', handleKey, { capture: true });
  }, [isOpen]);

  if (shown === undefined) return null;
  const size = t('pixels', { width: format.count(shown.width), height: format.count(shown.height) });
  const place = { position: format.count(index + 1), formatted: format.count(images.length) };
  return (
    <Dialog
      open
      focusesItself
      title={shown.name}
      description={images.length > 1 ? `${size} · ${t('position', place)}` : size}
      className="top-[4vh] max-h-[92vh] w-[min(72rem,calc(100vw-2rem))] wrap-anywhere"
      onOpenChange={(open) => !open && onShow(null)}
      footer={
        images.length < 2 ? undefined : (
          <>
            <IconButton variant="secondary" label={t('previous')} shortcut="ArrowLeft" onClick={() => go(-1)}>
              <ChevronLeft className="size-4" aria-hidden />
            </IconButton>
            <IconButton variant="secondary" label={t('next')} shortcut="ArrowRight" onClick={() => go(1)}>
              <ChevronRight className="size-4" aria-hidden />
            </IconButton>
          </>
        )
      }
    >
      <ImagePicture
        image={shown}
        className="mx-auto max-h-[calc(92vh-12rem)] max-w-full rounded-md object-contain"
        style={{ width: shown.width, aspectRatio: `${shown.width} / ${shown.height}` }}
      />
    </Dialog>
  );
}
