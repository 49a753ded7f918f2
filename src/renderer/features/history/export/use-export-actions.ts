import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { useFormat } from '../../../lib/format.ts';
import { mediaTypes, saveFile } from '../../../lib/save-file.ts';
import { rpc } from '../../../rpc/connection.ts';
import { readBranch } from '../../../rpc/read-branch.ts';
import { saveConversations } from '../../../rpc/save-conversations.ts';
import { conversationMarkdown } from './conversation-markdown.ts';
import { fileNameOf } from './file-name.ts';

export interface ExportActions {
  /** Puts the branch that is shown on the clipboard. */
  copy(conversationId: string, withCosts?: boolean): Promise<void>;
  saveMarkdown(conversationId: string, withCosts: boolean): Promise<void>;
  /** With all its branches. */
  saveJson(conversationId: string): Promise<void>;
}

/** Takes conversations out of Tally. What goes wrong is said in a notice. */
export function useExportActions(): ExportActions {
  const { t, i18n } = useTranslation(['portable', 'common']);
  const { t: common } = useTranslation('common');
  const format = useFormat();
  const sentence = useErrorSentence();

  async function written(conversationId: string, withCosts: boolean): Promise<{ markdown: string; name: string }> {
    const { conversation, messages } = await readBranch(conversationId);
    const { title, createdAt } = conversation;
    const markdown = conversationMarkdown({ title, createdAt, messages }, withCosts, { t, common, locale: i18n.language, format });
    return { markdown, name: fileNameOf(title, t('export.untitled')) };
  }

  async function reporting(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const { title, help } = sentence(failureOf(error));
      toast.error(title, { description: help });
    }
  }

  return {
    copy: (conversationId, withCosts = false) =>
      reporting(async () => {
        const { markdown } = await written(conversationId, withCosts);
        await navigator.clipboard.writeText(markdown);
        toast.success(t('export.copied'));
      }),
    saveMarkdown: (conversationId, withCosts) =>
      reporting(async () => {
        const { markdown, name } = await written(conversationId, withCosts);
        saveFile(`${name}.md`, markdown, mediaTypes.markdown);
      }),
    saveJson: (conversationId) =>
      reporting(async () => {
        const { conversation } = await rpc.call('conversations.open', { conversationId });
        await saveConversations([conversationId], fileNameOf(conversation.title, t('export.untitled')));
      }),
  };
}
