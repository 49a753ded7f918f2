import { useState, type CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachedImage } from '../../../../shared/contract/images.ts';
import { cn } from '../../../lib/cn.ts';
import { ImageDialog } from './image-dialog.tsx';
import { ImagePicture } from './image-picture.tsx';

const maxAloneHeightPx = 256;
const minAloneWidthPx = 48;

/** The images of a question that was asked: small under it, large in a dialog. */
export function QuestionImages({ images }: { images: readonly AttachedImage[] }) {
  const { t } = useTranslation('images');
  const [shownId, setShownId] = useState<string | null>(null);
  const isAlone = images.length === 1;
  return (
    <>
      <ul aria-label={t('ofQuestion')} className="flex max-w-[85%] flex-wrap justify-end gap-1.5">
        {images.map((image) => (
          <li key={image.id} className="max-w-full">
            <button
              type="button"
              aria-label={t('enlarge', { name: image.name })}
              title={image.name}
              className="block max-w-full cursor-zoom-in overflow-hidden rounded-xl border"
              onClick={() => setShownId(image.id)}
            >
              <ImagePicture
                image={image}
                className={cn('block object-cover', !isAlone && 'size-28')}
                {...(isAlone && { style: roomOf(image) })}
              />
            </button>
          </li>
        ))}
      </ul>
      <ImageDialog images={images} shownId={shownId} onShow={setShownId} />
    </>
  );
}

/** The room an image takes that stands alone, so that nothing moves when it has been read; a narrow one is cut at its ends. */
function roomOf({ width, height }: AttachedImage): CSSProperties {
  const scale = Math.min(1, maxAloneHeightPx / height);
  return {
    width: Math.max(minAloneWidthPx, width * scale),
    maxWidth: '100%',
    aspectRatio: `${width} / ${height}`,
    maxHeight: maxAloneHeightPx,
  };
}
