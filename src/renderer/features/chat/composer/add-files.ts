import type { TFunction } from 'i18next';
import { toast } from 'sonner';
import { failureOf, type ErrorSentence } from '../../../components/error-sentence.ts';
import type { Failure } from '../../../../shared/contract/chat.ts';
import { rpc } from '../../../rpc/connection.ts';
import { uploadFile } from '../../../rpc/upload-file.ts';

/** Adds files to the documents, one after the other, saying how far it is. Returns the ids of those that made it. */
export async function addFiles(
  files: readonly File[],
  t: TFunction<'chat'>,
  sentence: (failure: Failure) => ErrorSentence,
): Promise<string[]> {
  const added: string[] = [];
  for (const file of files) {
    const toastId = toast.loading(t('files.adding', { name: file.name }));
    try {
      const { documentId, alreadyPresent, replacedVersion: version } = await uploadFile(file, { collectionId: null, name: file.name });
      added.push(documentId);
      if (version === null) {
        toast.success(t(alreadyPresent ? 'files.alreadyPresent' : 'files.added', { name: file.name }), { id: toastId });
        continue;
      }
      const keepBoth = () =>
        void rpc
          .call('documents.keepBoth', { documentId, version })
          .catch((error: unknown) => toast.error(sentence(failureOf(error)).title));
      toast.success(t('files.replaced', { name: file.name }), { id: toastId, action: { label: t('files.keepBoth'), onClick: keepBoth } });
    } catch (error) {
      const { title, help } = sentence(failureOf(error));
      toast.error(t('files.failed', { name: file.name, reason: title }), { id: toastId, description: help });
    }
  }
  return added;
}
