import { memo, useState, type MouseEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../../shared/contract/conversations.ts';
import { AmountTotalText } from '../../components/amount.tsx';
import { Spinner } from '../../components/ui/spinner.tsx';
import { cn } from '../../lib/cn.ts';
import { hrefOf } from '../../navigation/place.ts';
import { useUnread } from '../../runs/unread-store.ts';
import { ConversationMenu } from './conversation-menu.tsx';
import { useSelection } from './selection-store.ts';
import type { HistoryActions } from './use-history-actions.ts';

interface ConversationRowProps {
  conversation: Conversation;
  isOpen: boolean;
  /** Set in, below its folder. */
  isFiled: boolean;
  actions: HistoryActions;
  /** `isRange`: with all between it and the one selected before. */
  onSelect: (conversation: Conversation, isRange: boolean) => void;
}

/** A conversation in the history: its title, what it cost, and what can be done with it. */
export const ConversationRow = memo(function ConversationRow({ conversation, isOpen, isFiled, actions, onSelect }: ConversationRowProps) {
  const { t } = useTranslation('history');
  const [isRenaming, setIsRenaming] = useState(false);
  const isSelected = useSelection(({ conversations }) => conversations.some(({ id }) => id === conversation.id));
  const title = conversation.title || t('untitled');
  if (isRenaming) {
    return (
      <TitleField
        title={conversation.title}
        onDone={(next) => {
          setIsRenaming(false);
          if (next !== null && next !== conversation.title) actions.rename(conversation.id, next);
        }}
      />
    );
  }
  function handleClick(event: MouseEvent): void {
    if (!event.shiftKey && !event.metaKey && !event.ctrlKey) return;
    // The browser would open it in a tab or a window of its own.
    event.preventDefault();
    onSelect(conversation, event.shiftKey);
  }
  return (
    <div
      className={cn(
        'group relative flex h-8 items-center rounded-md focus-within:bg-hover hover:bg-hover has-data-popup-open:bg-hover',
        isOpen && 'bg-active hover:bg-active',
        isSelected && 'bg-accent-soft hover:bg-accent-soft',
      )}
    >
      <a
        href={hrefOf({ name: 'chat', conversationId: conversation.id, messageId: null })}
        aria-current={isOpen ? 'page' : undefined}
        title={title}
        className={cn(
          'focus-inset flex h-full min-w-0 flex-1 items-center gap-2 rounded-md px-2.5',
          isFiled && 'pl-8',
          isOpen ? 'text-ink' : 'text-muted',
        )}
        onClick={handleClick}
        onDoubleClick={() => setIsRenaming(true)}
      >
        {isSelected && <span className="sr-only">{t('selection.isSelected')}</span>}
        <span className="min-w-0 flex-1 truncate">{title}</span>
        <UnreadMark conversationId={conversation.id} />
        {conversation.runId !== null && <Spinner className="size-3 text-accent" />}
        <AmountTotalText
          total={conversation.total}
          className={cn(
            // Room for the button beside it: a cost never makes way for anything.
            'mr-5 text-xs',
            isOpen ? 'text-muted' : 'text-faint',
          )}
        />
      </a>
      <ConversationMenu conversation={conversation} actions={actions} onRename={() => setIsRenaming(true)} />
    </div>
  );
});

/** An answer came that nobody has looked at. */
function UnreadMark({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('palette');
  const isUnread = useUnread(({ ids }) => ids.includes(conversationId));
  if (!isUnread) return null;
  return (
    <>
      <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-accent" />
      <span className="sr-only">{t('notify.unread')}</span>
    </>
  );
}

/** The title as a field. Enter and leaving it keep, Escape does not. */
function TitleField({ title, onDone }: { title: string; onDone: (title: string | null) => void }) {
  const { t } = useTranslation('history');
  const [text, setText] = useState(title);
  const settled = text.trim() === '' ? null : text.trim();
  return (
    <input
      // The field takes the place of what was clicked; the focus goes along.
      // oxlint-disable-next-line jsx-a11y/no-autofocus
      autoFocus
      aria-label={t('title')}
      maxLength={200}
      value={text}
      className="h-8 w-full rounded-md border border-accent bg-canvas px-2 outline-none"
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => onDone(settled)}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') onDone(settled);
        if (event.key === 'Escape') onDone(null);
      }}
    />
  );
}
