import { X } from 'lucide-react';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachedImage } from '../../../../shared/contract/images.ts';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { Spinner } from '../../../components/ui/spinner.tsx';
import { useFormat } from '../../../lib/format.ts';
import { ImageDialog } from './image-dialog.tsx';
import { ImagePicture } from './image-picture.tsx';
import type { AddingImages } from './use-adding-images.ts';

interface ImageListProps extends Pick<AddingImages, 'images' | 'addingNames' | 'remove'> {
  /** After the last one was removed, there is no other to have the focus. */
  onEmptied: () => void;
  className?: string;
  /** What is known of all of them together. */
  children?: ReactNode;
}

const tile = 'flex h-12 items-center gap-2 overflow-hidden rounded-lg border bg-sunken pr-1.5';

/** The images of a question that is being written, each with its way out: a button, and the keys Delete and Backspace. */
export function ImageList({ images, addingNames, remove, onEmptied, className, children }: ImageListProps) {
  const { t } = useTranslation('images');
  const listRef = useRef<HTMLUListElement>(null);
  const [shownId, setShownId] = useState<string | null>(null);
  if (images.length + addingNames.length === 0) return null;

  function removeAt(index: number): void {
    const [image, neighbour] = [images[index], images[index + 1] ?? images[index - 1]];
    if (image === undefined) return;
    if (neighbour === undefined) onEmptied();
    else listRef.current?.querySelector<HTMLElement>(`[data-image="${neighbour.id}"] button`)?.focus();
    remove(image.id);
  }
  return (
    <div className={className}>
      <ul
        ref={listRef}
        className="grid max-h-40 grid-cols-[repeat(auto-fill,minmax(min(12rem,100%),1fr))] gap-1.5 overflow-y-auto"
        aria-label={t('toSend')}
      >
        {images.map((image, index) => (
          <ImageTile key={image.id} image={image} onEnlarge={() => setShownId(image.id)} onRemove={() => removeAt(index)} />
        ))}
        {addingNames.map((name, index) => (
          // Names may be there twice, and those before it leave first.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={addingNames.length - index} className={tile} aria-busy>
            <span className="flex size-12 shrink-0 items-center justify-center border-r">
              <Spinner className="size-4 text-muted" />
            </span>
            <span className="min-w-0 flex-1 truncate text-sm">{name}</span>
          </li>
        ))}
      </ul>
      {children}
      <ImageDialog images={images} shownId={shownId} onShow={setShownId} />
    </div>
  );
}

interface ImageTileProps {
  image: AttachedImage;
  onEnlarge: () => void;
  onRemove: () => void;
}

function ImageTile({ image, onEnlarge, onRemove }: ImageTileProps) {
  const { t } = useTranslation('images');
  const format = useFormat();
  const { id, name, width, height } = image;
  const size = t('pixels', { width: format.count(width), height: format.count(height) });
  function handleKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Delete' && event.key !== 'Backspace') return;
    event.preventDefault();
    onRemove();
  }
  return (
    <li data-image={id} className={tile}>
      <button
        type="button"
        title={t('enlarge', { name })}
        className="focus-inset flex h-full min-w-0 flex-1 cursor-zoom-in items-center gap-2 text-left"
        onClick={onEnlarge}
        onKeyDown={handleKeyDown}
      >
        <ImagePicture image={image} className="size-12 shrink-0 border-r object-cover" />
        <span className="min-w-0">
          {/* The image itself says it. */}
          <span aria-hidden className="block truncate text-sm">
            {name}
          </span>
          <span className="block truncate text-xs text-muted tabular">{size}</span>
        </span>
      </button>
      <IconButton size="sm" className="size-6" label={t('remove', { name })} onClick={onRemove} onKeyDown={handleKeyDown}>
        <X className="size-3.5" aria-hidden />
      </IconButton>
    </li>
  );
}
