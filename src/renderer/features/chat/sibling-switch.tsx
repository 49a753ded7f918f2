import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/chat.ts';
import { IconButton } from '../../components/ui/icon-button.tsx';

/** The message that was just switched to with the keyboard: its switch takes the focus of the one it replaces. */
let awaitingFocus: string | null = null;

/** `‹ 2/3 ›`: goes through the answers to the same question, or the versions of a question; with the arrow keys, too. Nothing where there is one. */
export function SiblingSwitch({ message, onShow }: { message: Message; onShow: (messageId: string) => void }) {
  const { t } = useTranslation('chat');
  const groupRef = useRef<HTMLFieldSetElement>(null);
  const { id, siblingIds } = message;
  const isAlone = siblingIds.length < 2;
  useEffect(() => {
    if (isAlone || awaitingFocus !== id) return;
    awaitingFocus = null;
    groupRef.current?.querySelector<HTMLElement>('button:not([disabled])')?.focus({ preventScroll: true });
  }, [id, isAlone]);
  if (isAlone) return null;
  const at = siblingIds.indexOf(id);
  const [previous, next] = [siblingIds[at - 1], siblingIds[at + 1]];

  function handleKeyDown(event: KeyboardEvent): void {
    const target = event.key === 'ArrowLeft' ? previous : event.key === 'ArrowRight' ? next : undefined;
    if (target === undefined) return;
    event.preventDefault();
    awaitingFocus = target;
    onShow(target);
  }

  return (
    // The keys are those of the buttons inside, which is where they come from.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <fieldset
      ref={groupRef}
      aria-label={t('sibling.group')}
      className="flex items-center text-sm text-muted tabular"
      onKeyDown={handleKeyDown}
    >
      <IconButton
        size="sm"
        label={t('sibling.previous')}
        disabled={previous === undefined}
        onClick={() => previous !== undefined && onShow(previous)}
      >
        <ChevronLeft className="size-3.5" aria-hidden />
      </IconButton>
      <span aria-label={t('sibling.position', { position: at + 1, count: siblingIds.length })}>
        {at + 1}/{siblingIds.length}
      </span>
      <IconButton size="sm" label={t('sibling.next')} disabled={next === undefined} onClick={() => next !== undefined && onShow(next)}>
        <ChevronRight className="size-3.5" aria-hidden />
      </IconButton>
    </fieldset>
  );
}
