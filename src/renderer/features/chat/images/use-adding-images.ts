import { useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { AttachedImage } from '../../../../shared/contract/images.ts';
import { maxImageCount } from '../../../../shared/image-limits.ts';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { useFormat } from '../../../lib/format.ts';
import { keepImage } from './keep-image.ts';

export type ChangeImages = (update: (images: readonly AttachedImage[]) => AttachedImage[]) => void;

/** The images of a question that is being written. */
export interface AddingImages {
  readonly images: readonly AttachedImage[];
  /** Names of those that are on their way in. */
  readonly addingNames: readonly string[];
  readonly add: (files: readonly File[]) => void;
  readonly remove: (imageId: string) => void;
}

/** Takes images in, one after the other, and says of each that cannot be taken why; the others stay. */
export function useAddingImages(images: readonly AttachedImage[], change: ChangeImages): AddingImages {
  const { t } = useTranslation('images');
  const sentence = useErrorSentence();
  const format = useFormat();
  const [addingNames, setAddingNames] = useState<readonly string[]>([]);
  const addingCount = useRef(0);
  /** Those that came before are in when it resolves. */
  const last = useRef(Promise.resolve());

  function say(file: File, error: unknown): null {
    const { title, help } = sentence(failureOf(error));
    toast.error(t('failed', { name: file.name, reason: title }), { description: help });
    return null;
  }

  async function addOne(file: File): Promise<void> {
    const kept = await keepImage(file).catch((error: unknown) => say(file, error));
    // In one step: it is never there twice, and a send that waits for it finds it.
    flushSync(() => {
      if (kept !== null) change((images) => [...images.filter(({ id }) => id !== kept.image.id), kept.image].slice(0, maxImageCount));
      addingCount.current -= 1;
      setAddingNames((names) => names.slice(1));
    });
    if (kept?.isOfAnimation === true) toast(t('firstOnly', { name: file.name }));
  }

  function add(files: readonly File[]): void {
    const taken = files.slice(0, Math.max(0, maxImageCount - images.length - addingCount.current));
    if (taken.length < files.length) {
      const { title, help } = sentence({ code: 'TOO_MANY_IMAGES' });
      toast.error(title, { description: `${t('most', { formatted: format.count(maxImageCount) })} ${help}` });
    }
    addingCount.current += taken.length;
    setAddingNames((names) => [...names, ...taken.map(({ name }) => name)]);
    for (const file of taken) last.current = last.current.then(() => addOne(file));
  }
  return {
    images,
    addingNames,
    add,
    remove: (imageId) => change((kept) => kept.filter(({ id }) => id !== imageId)),
  };
}
