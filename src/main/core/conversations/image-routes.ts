import type { AppContract } from '../../../shared/contract/index.ts';
import type { HandlersFor } from '../../../shared/rpc/define.ts';
import { AppError } from '../../../shared/rpc/errors.ts';
import { checkImage } from './check-image.ts';
import type { ImageStore } from './image-store.ts';

type Handlers = HandlersFor<AppContract>;

/** Takes images in and hands them out. */
export interface ImageRoutes {
  add: Handlers['images.add'];
  read: Handlers['images.read'];
}

/** `now` in epoch milliseconds. */
export function imageRoutes(images: Pick<ImageStore, 'add' | 'get'>, now: () => number): ImageRoutes {
  return {
    add({ base64 }) {
      const image = checkImage(Buffer.from(base64, 'base64'));
      images.add(image, now());
      const { id, width, height } = image;
      return { id, width, height };
    },
    read({ imageId }) {
      const image = images.get(imageId);
      if (image === undefined) throw new AppError('NOT_FOUND', 'No such image.');
      return { base64: image.bytes.toString('base64'), mediaType: image.mediaType };
    },
  };
}
