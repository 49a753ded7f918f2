import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/chat.ts';
import { IconButton } from '../../components/ui/icon-button.tsx';

/** `‹ 2/3 ›`: goes through the answers to the same question, or the versions of a question. Nothing where there is one. */
export function SiblingSwitch({ message, onShow }: { message: Message; onShow: (messageId: string) => void }) {
  const { t } = useTranslation('chat');
  const { siblingIds } = message;
  if (siblingIds.length < 2) return null;
  const at = siblingIds.indexOf(message.id);
  const [previous, next] = [siblingIds[at - 1], siblingIds[at + 1]];
  return (
    <fieldset aria-label={t('sibling.group')} className="flex items-center text-sm text-muted tabular">
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
