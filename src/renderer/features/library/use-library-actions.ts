import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { Assistant, Prompt } from '../../../shared/contract/library.ts';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { rpc } from '../../rpc/connection.ts';

/** Saving, and removing that can be undone: the same entry is saved again. */
export function useLibraryActions() {
  const { t } = useTranslation(['library', 'common']);
  const sentence = useErrorSentence();
  const report = (error: unknown) => {
    const { title, help } = sentence(failureOf(error));
    toast.error(title, { description: help });
  };
  const savePrompt = (prompt: Prompt) => rpc.call('library.savePrompt', prompt);
  const saveAssistant = (assistant: Assistant) => rpc.call('library.saveAssistant', assistant);

  async function removeWithUndo(name: string, remove: () => Promise<void>, restore: () => Promise<void>): Promise<void> {
    await remove();
    toast(t('removed', { name }), {
      duration: 10_000,
      action: { label: t('common:undo'), onClick: () => void restore().catch(report) },
    });
  }
  return {
    savePrompt,
    saveAssistant,
    removePrompt(prompt: Prompt): void {
      const remove = () => rpc.call('library.removePrompt', { promptId: prompt.id });
      removeWithUndo(prompt.name, remove, () => savePrompt(prompt)).catch(report);
    },
    removeAssistant(assistant: Assistant): void {
      const remove = () => rpc.call('library.removeAssistant', { assistantId: assistant.id });
      removeWithUndo(assistant.name, remove, () => saveAssistant(assistant)).catch(report);
    },
  };
}
