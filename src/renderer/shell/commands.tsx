import { useQuery } from '@tanstack/react-query';
import { BookOpen, ChartColumn, Plus, Settings, SunMoon } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SearchCommand } from '../features/search/search-dialog.tsx';
import { goTo } from '../navigation/place.ts';
import { rpc } from '../rpc/connection.ts';
import { queries } from '../rpc/queries.ts';
import { oppositeTheme } from './appearance.ts';

const newChat = { name: 'chat', conversationId: null, messageId: null } as const;

/** What can be done from anywhere, for the palette and the keyboard. */
export function useCommands(): readonly (SearchCommand & { readonly shortcut: string })[] {
  const { t } = useTranslation('shell');
  const settings = useQuery(queries.settings());
  return [
    { id: 'new-chat', label: t('sidebar.newChat'), icon: <Plus />, shortcut: 'Mod+N', run: () => goTo(newChat) },
    { id: 'documents', label: t('place.documents'), icon: <BookOpen />, shortcut: 'Mod+2', run: () => goTo({ name: 'documents' }) },
    { id: 'spend', label: t('place.spend'), icon: <ChartColumn />, shortcut: 'Mod+3', run: () => goTo({ name: 'spend' }) },
    { id: 'settings', label: t('place.settings'), icon: <Settings />, shortcut: 'Mod+,', run: () => goTo({ name: 'settings' }) },
    {
      id: 'theme',
      label: t('theme.toggle'),
      icon: <SunMoon />,
      shortcut: 'Mod+Shift+D',
      run: () => void rpc.call('settings.update', { theme: oppositeTheme(settings.data?.theme ?? 'system') }),
    },
  ];
}
