import { useMutation } from '@tanstack/react-query';
import { toast } from 'sonner';
import type { SettingsValues } from '../../../shared/contract/settings.ts';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { mutation } from '../../rpc/queries.ts';

/** Saves some of the settings at once; a failure is shown as a notice. */
export function useSaveSettings(): (change: Partial<SettingsValues>) => void {
  const sentenceOf = useErrorSentence();
  const save = useMutation(mutation('settings.update'));
  return (change) =>
    save.mutate(change, {
      onError(error) {
        const { title, help } = sentenceOf(failureOf(error));
        toast.error(title, { description: help });
      },
    });
}
