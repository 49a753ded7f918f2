import { Columns2, Ellipsis, RefreshCw, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Message } from '../../../shared/contract/chat.ts';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/ui/menu.tsx';
import type { AskedOtherwise } from './asked-otherwise.ts';
import { ModelDialog } from './model-dialog.tsx';

interface AnswerMenuProps {
  message: Message;
  onRegenerate: (otherwise: AskedOtherwise) => void;
  onRemove: (message: Message) => void;
}

/** What else can be done with an answer: ask another model, compare with one, delete it. */
export function AnswerMenu({ message, onRegenerate, onRemove }: AnswerMenuProps) {
  const { t } = useTranslation('branches');
  const [choosing, setChoosing] = useState<'again' | 'compare' | null>(null);
  return (
    <>
      <Menu
        trigger={
          <IconButton size="sm" className="text-faint" label={t('more')}>
            <Ellipsis className="size-3.5" aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<RefreshCw aria-hidden />} onSelect={() => setChoosing('again')}>
          {t('againWith')}
        </MenuItem>
        <MenuItem icon={<Columns2 aria-hidden />} onSelect={() => setChoosing('compare')}>
          {t('compareWith')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 aria-hidden />} danger onSelect={() => onRemove(message)}>
          {t('remove')}
        </MenuItem>
      </Menu>
      {choosing !== null && (
        <ModelDialog
          title={t(choosing === 'again' ? 'chooseAgain' : 'chooseCompare')}
          value={message.model}
          onChoose={(model) => onRegenerate(choosing === 'again' ? { model } : { model, besideAnswerId: message.id })}
          onClose={() => setChoosing(null)}
        />
      )}
    </>
  );
}
