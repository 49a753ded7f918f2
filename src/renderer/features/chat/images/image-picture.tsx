import { useQuery } from '@tanstack/react-query';
import { ImageOff } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { AttachedImage } from '../../../../shared/contract/images.ts';
import { cn } from '../../../lib/cn.ts';
import { queries } from '../../../rpc/queries.ts';

interface ImagePictureProps {
  image: AttachedImage;
  className?: string;
  style?: CSSProperties;
}

/** An image of a question, in room of the size it is given; until it has been read, and where it is gone, that room stays. */
export function ImagePicture({ image, className, style }: ImagePictureProps) {
  const { t } = useTranslation('images');
  const { data: url, isError } = useQuery(queries.image(image.id));
  const alt = t('alt', { name: image.name });
  if (isError) {
    return (
      <span style={style} className={cn('flex items-center justify-center bg-sunken text-faint', className)}>
        <ImageOff className="size-5" aria-hidden />
        <span className="sr-only">{alt}</span>
      </span>
    );
  }
  // Its name would stand there in the moment before it has been read.
  return <img src={url} alt={alt} draggable={false} style={style} className={cn('bg-sunken text-transparent', className)} />;
}
