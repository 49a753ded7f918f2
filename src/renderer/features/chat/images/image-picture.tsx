import { useQuery } from '@tanstack/react-query';
import { ImageOff } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AttachedImage } from '../../../../shared/contract/images.ts';
import { cn } from '../../../lib/cn.ts';
import { queries } from '../../../rpc/queries.ts';

/** An image of a question, in room of the size `className` gives; until it has been read, and where it is gone, that room stays. */
export function ImagePicture({ image, className }: { image: AttachedImage; className?: string }) {
  const { t } = useTranslation('images');
  const { data: url, isError } = useQuery(queries.image(image.id));
  const alt = t('alt', { name: image.name });
  if (isError) {
    return (
      <span className={cn('flex items-center justify-center bg-sunken text-faint', className)}>
        <ImageOff className="size-5" aria-hidden />
        <span className="sr-only">{alt}</span>
      </span>
    );
  }
  return <img src={url} alt={alt} width={image.width} height={image.height} draggable={false} className={cn('bg-sunken', className)} />;
}
