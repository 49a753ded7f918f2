import { useQuery } from '@tanstack/react-query';
import { PanelRight, ReceiptText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../shared/contract/conversations.ts';
import { AssistantSymbol } from '../../components/assistant-symbol.tsx';
import { AmountTotalText, ExactShare } from '../../components/amount.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { queries } from '../../rpc/queries.ts';
import { closeInspector, openInspector, useInspector } from '../../navigation/inspector-store.ts';
import { goTo } from '../../navigation/place.ts';

/** What the conversation is called and what it has cost so far. */
export function ChatHeader({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('chat');
  const { t: receipt } = useTranslation('receipt');
  const { isOpen, subject, tab } = useInspector();
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-b px-4 sm:px-6">
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <h1 className="min-w-0 truncate font-semibold">{conversation.title || t('conversation.untitled')}</h1>
        {conversation.assistantId !== null && <AssistantName assistantId={conversation.assistantId} />}
      </div>
      {conversation.total.callCount > 0 && (
        <p className="flex shrink-0 items-baseline gap-2">
          <span className="sr-only">{t('conversation.total')}</span>
          <AmountTotalText total={conversation.total} className="font-medium" />
          <ExactShare total={conversation.total} className="text-sm text-muted max-sm:hidden" />
        </p>
      )}
      {conversation.total.callCount > 0 && (
        <IconButton
          size="sm"
          label={receipt('receipts.open')}
          tooltipSide="bottom"
          onClick={() => goTo({ name: 'receipts', conversationId: conversation.id })}
        >
          <ReceiptText className="size-4" aria-hidden />
        </IconButton>
      )}
      <IconButton
        size="sm"
        label={isOpen ? t('inspector.close') : t('inspector.open')}
        shortcut="Mod+."
        tooltipSide="bottom"
        disabled={subject === null}
        aria-pressed={isOpen}
        onClick={() => {
          if (isOpen) closeInspector();
          else if (subject !== null) openInspector(subject, tab);
        }}
      >
        <PanelRight className="size-4" aria-hidden />
      </IconButton>
    </header>
  );
}

/** Whom the conversation was begun with, unless it has been removed. */
function AssistantName({ assistantId }: { assistantId: string }) {
  const assistant = useQuery(queries.library()).data?.assistants.find(({ id }) => id === assistantId);
  if (assistant === undefined) return null;
  return (
    <p className="flex max-w-40 shrink-0 items-center gap-1.5 text-sm text-muted">
      <AssistantSymbol assistant={assistant} size="sm" />
      <span className="truncate">{assistant.name}</span>
    </p>
  );
}
