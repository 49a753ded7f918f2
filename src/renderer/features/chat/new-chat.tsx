import { useTranslation } from 'react-i18next';
import { Alert } from '../../components/ui/alert.tsx';
import { Button } from '../../components/ui/button.tsx';
import { goTo } from '../../navigation/place.ts';
import { AssistantChoice } from './assistant-choice.tsx';
import { ChatArea } from './chat-area.tsx';
import { forgetChoice, newConversationKey } from './choice-store.ts';
import { useChatChoices } from './use-chat-choices.ts';
import { useSend, type AskedQuestion } from './use-send.ts';

/** The start of a conversation. */
export function NewChat() {
  const { t } = useTranslation(['chat', 'common']);
  const choices = useChatChoices(null, null);
  const send = useSend(choices);

  async function begin(asked: AskedQuestion): Promise<void> {
    const { conversationId } = await send({ conversationId: null, parentId: null, ...asked });
    forgetChoice(newConversationKey);
    goTo({ name: 'chat', conversationId, messageId: null }, { replace: true });
  }

  const hasNoModel = !choices.isLoadingModels && choices.model === null;
  return (
    <ChatArea choices={choices} isRunning={false} parentId={null} onSend={begin} onStop={() => undefined} onEditLast={() => undefined}>
      <div className="flex min-h-0 flex-1 flex-col items-center justify-center gap-3 overflow-y-auto px-6 text-center">
        <h1 className="text-2xl font-semibold text-balance">{t('new.title')}</h1>
        <p className="max-w-md text-pretty text-muted">{t('new.hint')}</p>
        <AssistantChoice chosenId={choices.assistantId} />
        {hasNoModel && (
          <Alert
            tone="warn"
            title={t('new.noModel')}
            className="mt-4 text-left"
            action={
              <Button size="sm" onClick={() => goTo({ name: 'settings' })}>
                {t('common:openSettings')}
              </Button>
            }
          >
            {t('new.noModelHelp')}
          </Alert>
        )}
        {choices.provider?.kind === 'demo' && (
          <Alert tone="warn" title={t('new.demo')} className="mt-4 max-w-md text-left">
            {t('new.demoHelp')}
          </Alert>
        )}
      </div>
    </ChatArea>
  );
}
