import { Menu } from '@base-ui/react/menu';
import { BookOpen, Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Tooltip } from '../../../components/ui/tooltip.tsx';
import { cn } from '../../../lib/cn.ts';
import { useFormat } from '../../../lib/format.ts';
import { choose } from '../choice-store.ts';
import type { ChatChoices } from '../use-chat-choices.ts';

interface DocumentsPickerProps {
  choices: ChatChoices;
}

/** Whether the next question searches documents: a button where there is one collection, a choice where there are more. */
export function DocumentsPicker({ choices }: DocumentsPickerProps) {
  if (choices.searchDocuments === null) return null;
  return choices.collections.length > 1 ? <CollectionChoice choices={choices} /> : <DocumentsToggle choices={choices} />;
}

function buttonStyle(isOn: boolean): string {
  return cn(
    'flex h-7 items-center gap-1.5 rounded-md px-2 text-sm hover:bg-hover',
    isOn ? 'bg-accent-soft text-accent' : 'text-muted hover:text-ink',
  );
}

function useCountTexts({ documentCount, searchDocuments }: ChatChoices) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const count = { count: documentCount, formatted: format.count(documentCount) };
  const isOn = searchDocuments === true;
  return { label: t(isOn ? 'documents.on' : 'documents.off', count), hint: t(isOn ? 'documents.onHint' : 'documents.offHint', count) };
}

function Label({ children }: { children: string }) {
  return (
    <>
      <BookOpen className="size-3.5 shrink-0" aria-hidden />
      <span className="whitespace-nowrap max-sm:sr-only">{children}</span>
    </>
  );
}

function DocumentsToggle({ choices }: DocumentsPickerProps) {
  const texts = useCountTexts(choices);
  const { conversationKey, collections } = choices;
  const isOn = choices.searchDocuments === true;
  return (
    <Tooltip content={texts.hint}>
      <button
        type="button"
        aria-pressed={isOn}
        onClick={() => choose(conversationKey, { collectionIds: isOn ? [] : collections.map(({ id }) => id) })}
        className={buttonStyle(isOn)}
      >
        <Label>{texts.label}</Label>
      </button>
    </Tooltip>
  );
}

function CollectionChoice({ choices }: DocumentsPickerProps) {
  const { t } = useTranslation('chat');
  const format = useFormat();
  const texts = useCountTexts(choices);
  const { collections, collectionIds, conversationKey } = choices;

  function toggle(toggledId: string, isChosen: boolean): void {
    const next = collections.map(({ id }) => id).filter((id) => (id === toggledId ? isChosen : collectionIds.includes(id)));
    choose(conversationKey, { collectionIds: next });
  }

  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className={buttonStyle(choices.searchDocuments === true)}>
        <Label>{texts.label}</Label>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner side="top" align="start" sideOffset={6} collisionPadding={8} className="z-50">
          <Menu.Popup className="popup-motion max-h-(--available-height) max-w-[min(24rem,calc(100vw-1rem))] min-w-56 overflow-y-auto rounded-lg bg-raised p-1 shadow-popup outline-none">
            <Menu.Group>
              <Menu.GroupLabel className="px-2 pt-1 pb-1.5 text-sm text-muted">{t('documents.choose')}</Menu.GroupLabel>
              {collections.map(({ id, name, documentCount }) => (
                <Menu.CheckboxItem
                  key={id}
                  checked={collectionIds.includes(id)}
                  onCheckedChange={(isChosen) => toggle(id, isChosen)}
                  closeOnClick={false}
                  className="grid h-8 cursor-default grid-cols-[1rem_1fr_auto] items-center gap-x-2 rounded-md px-2 outline-none select-none data-highlighted:bg-hover"
                >
                  <Menu.CheckboxItemIndicator className="col-start-1">
                    <Check className="size-4 text-accent" aria-hidden />
                  </Menu.CheckboxItemIndicator>
                  <span className="col-start-2 truncate">{name}</span>
                  <span className="text-sm text-faint tabular">{format.count(documentCount)}</span>
                </Menu.CheckboxItem>
              ))}
            </Menu.Group>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
