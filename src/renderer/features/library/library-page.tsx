import { useQuery } from '@tanstack/react-query';
import { Bot, Plus, TextQuote } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Assistant, Prompt } from '../../../shared/contract/library.ts';
import { AssistantSymbol } from '../../components/assistant-symbol.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorMessage } from '../../components/error-message.tsx';
import { failureOf } from '../../components/error-sentence.ts';
import { Page } from '../../components/page.tsx';
import { Button } from '../../components/ui/button.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import { queries } from '../../rpc/queries.ts';
import { AssistantDialog } from './assistant-dialog.tsx';
import { LibraryFileButtons } from './library-file-buttons.tsx';
import { LibraryRow, LibrarySection } from './library-section.tsx';
import { newAssistant, newPrompt } from './new-entries.ts';
import { PromptDialog } from './prompt-dialog.tsx';
import { useLibraryActions } from './use-library-actions.ts';

type Open = { readonly kind: 'assistant'; readonly entry: Assistant } | { readonly kind: 'prompt'; readonly entry: Prompt };

/** Assistants and prompts: what there is, and making more. */
export function LibraryPage() {
  const { t } = useTranslation('library');
  const library = useQuery(queries.library());
  const [open, setOpen] = useState<Open | null>(null);
  const actions = useLibraryActions();
  const addAssistant = () => setOpen({ kind: 'assistant', entry: newAssistant() });
  const addPrompt = () => setOpen({ kind: 'prompt', entry: newPrompt() });
  const { assistants = [], prompts = [] } = library.data ?? {};
  const close = () => setOpen(null);

  return (
    <Page title={t('title')} width="narrow" actions={<LibraryFileButtons canExport={assistants.length + prompts.length > 0} />}>
      {library.isPending && <Skeleton className="h-60 w-full" />}
      {library.isError && <ErrorMessage failure={failureOf(library.error)} onRetry={() => void library.refetch()} />}
      {library.data !== undefined && (
        <>
          <LibrarySection
            title={t('assistants.title')}
            description={t('assistants.hint')}
            action={<AddButton onClick={addAssistant}>{t('assistants.add')}</AddButton>}
          >
            {assistants.length === 0 ? (
              <EmptyState icon={<Bot />} title={t('assistants.empty')} className="py-8">
                {t('assistants.emptyHint')}
              </EmptyState>
            ) : (
              assistants.map((entry) => (
                <LibraryRow
                  key={entry.id}
                  name={entry.name}
                  text={entry.systemPrompt}
                  icon={<AssistantSymbol assistant={entry} />}
                  onEdit={() => setOpen({ kind: 'assistant', entry })}
                  onRemove={() => actions.removeAssistant(entry)}
                />
              ))
            )}
          </LibrarySection>
          <LibrarySection
            title={t('prompts.title')}
            description={t('prompts.hint')}
            action={<AddButton onClick={addPrompt}>{t('prompts.add')}</AddButton>}
          >
            {prompts.length === 0 ? (
              <EmptyState icon={<TextQuote />} title={t('prompts.empty')} className="py-8">
                {t('prompts.emptyHint')}
              </EmptyState>
            ) : (
              prompts.map((entry) => (
                <LibraryRow
                  key={entry.id}
                  name={entry.name}
                  text={entry.text}
                  icon={<TextQuote className="size-4 text-faint" aria-hidden />}
                  onEdit={() => setOpen({ kind: 'prompt', entry })}
                  onRemove={() => actions.removePrompt(entry)}
                />
              ))
            )}
          </LibrarySection>
        </>
      )}
      {open?.kind === 'assistant' && <AssistantDialog assistant={open.entry} onSave={actions.saveAssistant} onClose={close} />}
      {open?.kind === 'prompt' && <PromptDialog prompt={open.entry} onSave={actions.savePrompt} onClose={close} />}
    </Page>
  );
}

function AddButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <Button size="sm" onClick={onClick}>
      <Plus className="size-4" aria-hidden />
      {children}
    </Button>
  );
}
