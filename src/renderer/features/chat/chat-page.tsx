import { useTranslation } from 'react-i18next';
import { ConversationView } from './conversation-view.tsx';
import { NewChat } from './new-chat.tsx';

interface ChatPageProps {
  /** Null: a conversation that has not begun. */
  conversationId: string | null;
  messageId: string | null;
}

/** The place where one asks. */
export function ChatPage({ conversationId, messageId }: ChatPageProps) {
  const { t } = useTranslation('chat');
  return (
    <section aria-label={t('place')} className="flex h-full min-h-0 flex-col">
      {conversationId === null ? (
        <NewChat />
      ) : (
        <ConversationView key={conversationId} conversationId={conversationId} messageId={messageId} />
      )}
    </section>
  );
}
