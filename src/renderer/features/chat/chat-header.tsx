import { useMutation, useQuery } from '@tanstack/react-query';
import { Download, PanelRight, ReceiptText } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { AmountTotal } from '../../../shared/amount.ts';
import type { Conversation } from '../../../shared/contract/conversations.ts';
import { AssistantSymbol } from '../../components/assistant-symbol.tsx';
import { AmountTotalText, ExactShare } from '../../components/amount.tsx';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Badge } from '../../components/ui/badge.tsx';
import { Button } from '../../components/ui/button.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { cn } from '../../lib/cn.ts';
import { mutation, queries } from '../../rpc/queries.ts';
import { closeInspector, openInspector, useInspector } from '../../navigation/inspector-store.ts';
import { askToExport } from '../../navigation/export-store.ts';
import { goTo } from '../../navigation/place.ts';

interface ChatHeaderProps {
  conversation: Conversation;
  /** What the open branch has cost; null where there is no other. */
  branchTotal: AmountTotal | null;
}

/** What the conversation is called and what it has cost so far. */
export function ChatHeader({ conversation, branchTotal }: ChatHeaderProps) {
  const { t } = useTranslation(['chat', 'portable']);
  const { t: receipt } = useTranslation('receipt');
  const { isOpen, subject, tab } = useInspector();
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-b px-4 sm:px-6">
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <h1 className="min-w-0 truncate font-semibold">{conversation.title || t('conversation.untitled')}</h1>
        {conversation.assistantId !== null && <AssistantName assistantId={conversation.assistantId} />}
      </div>
      {conversation.isArchived && <ArchivedMark conversationId={conversation.id} />}
      {conversation.total.callCount > 0 && (
        <p className="flex shrink-0 items-baseline gap-2">
          {branchTotal !== null && (
            <span className="text-sm text-muted max-md:hidden">
              {t('conversation.branch')} <AmountTotalText total={branchTotal} /> <span aria-hidden>· {t('conversation.allBranches')}</span>
            </span>
          )}
          <span className="sr-only">{t('conversation.total')}</span>
          <AmountTotalText total={conversation.total} className="font-medium" />
          <ExactShare
            total={conversation.total}
            className={cn('text-sm text-muted', branchTotal === null ? 'max-sm:hidden' : 'max-lg:hidden')}
          />
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
      <IconButton size="sm" label={t('portable:export.openThis')} tooltipSide="bottom" onClick={() => askToExport(conversation.id)}>
        <Download className="size-4" aria-hidden />
      </IconButton>
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

/** Says that the conversation is archived, and brings it back. */
function ArchivedMark({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation('history');
  const sentence = useErrorSentence();
  const bringBack = useMutation({
    ...mutation('conversations.setArchived'),
    onError: (error) => void toast.error(sentence(failureOf(error)).title),
  });
  return (
    <p className="flex shrink-0 items-center gap-1.5 text-sm text-muted">
      <Badge>{t('archiveList.note')}</Badge>
      <Button
        size="sm"
        busy={bringBack.isPending}
        onClick={() => bringBack.mutate({ conversationIds: [conversationId], isArchived: false })}
      >
        {t('bringBack')}
      </Button>
    </p>
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
