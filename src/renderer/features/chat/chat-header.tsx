import { PanelRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../shared/contract/conversations.ts';
import { AmountTotalText, ExactShare } from '../../components/amount.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { closeInspector, openInspector, useInspector } from '../../navigation/inspector-store.ts';

/** What the conversation is called and what it has cost so far. */
export function ChatHeader({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation('chat');
  const { isOpen, subject, tab } = useInspector();
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-b px-4 sm:px-6">
      <h1 className="min-w-0 flex-1 truncate font-semibold">{conversation.title || t('conversation.untitled')}</h1>
      {conversation.total.callCount > 0 && (
        <p className="flex shrink-0 items-baseline gap-2">
          <span className="sr-only">{t('conversation.total')}</span>
          <AmountTotalText total={conversation.total} className="font-medium" />
          <ExactShare total={conversation.total} className="text-sm text-muted max-sm:hidden" />
        </p>
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
