import { useQuery } from '@tanstack/react-query';
import { Bot } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { AssistantSymbol } from '../components/assistant-symbol.tsx';
import { Menu, MenuItem, MenuSeparator } from '../components/ui/menu.tsx';
import { beginWith } from '../features/chat/begin-with.ts';
import { goTo } from '../navigation/place.ts';
import { queries } from '../rpc/queries.ts';

/** Begins a chat with one of the assistants; not there while there is none. */
export function NewChatWith() {
  const { t } = useTranslation('library');
  const assistants = useQuery(queries.library()).data?.assistants ?? [];
  if (assistants.length === 0) return null;
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className="focus-inset flex h-8 w-full items-center gap-2.5 rounded-md px-2.5 text-left hover:bg-hover [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-muted"
        >
          <Bot aria-hidden />
          <span className="flex-1 truncate">{t('assistants.newChat')}</span>
        </button>
      }
    >
      <div className="max-h-80 overflow-y-auto" data-leads-away>
        {assistants.map((assistant) => (
          <MenuItem key={assistant.id} icon={<AssistantSymbol assistant={assistant} size="sm" />} onSelect={() => beginWith(assistant)}>
            {assistant.name}
          </MenuItem>
        ))}
      </div>
      <MenuSeparator />
      <MenuItem onSelect={() => goTo({ name: 'library' })}>{t('assistants.manage')}</MenuItem>
    </Menu>
  );
}
