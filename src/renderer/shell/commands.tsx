import { useQuery } from '@tanstack/react-query';
import {
  BookOpen,
  Bot,
  ChartColumn,
  Cpu,
  Keyboard,
  Languages,
  Library,
  MessageSquare,
  PanelRight,
  Plus,
  Settings,
  SunMoon,
  TextQuote,
  TextSearch,
  Type,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { SettingsValues } from '../../shared/contract/settings.ts';
import { failureOf, useErrorSentence } from '../components/error-sentence.ts';
import { beginWith } from '../features/chat/begin-with.ts';
import { showModelPicker } from '../features/chat/choice-store.ts';
import { openFind } from '../features/chat/find/find-store.ts';
import { offerPrompt } from '../features/chat/offered-prompt.ts';
import type { SearchCommand } from '../features/search/palette-choice.ts';
import { goTo, type Place } from '../navigation/place.ts';
import { rpc } from '../rpc/connection.ts';
import { queries } from '../rpc/queries.ts';
import { fontSizes, oppositeTheme } from './appearance.ts';
import { useOrganiseCommands } from './organise-commands.tsx';
import { useFileCommands } from './file-commands.tsx';
import { showShortcutList } from './shortcut-list.tsx';
import { toggleInspector } from './toggle-inspector.ts';

const newChat = { name: 'chat', conversationId: null, messageId: null } as const;
const themes = ['system', 'light', 'dark'] as const;
const languages = ['system', 'en', 'ja'] as const;

/** What can be done from anywhere, for the palette and the keyboard. */
export function useCommands(place: Place): readonly SearchCommand[] {
  return [
    ...usePlaceCommands(),
    ...useActionCommands(place),
    ...useOrganiseCommands(place),
    ...useFileCommands(place),
    ...useLibraryCommands(place),
    ...useSettingCommands(),
  ];
}

function usePlaceCommands(): SearchCommand[] {
  const { t } = useTranslation(['shell', 'library']);
  // The English names find them too.
  return [
    {
      id: 'chat',
      group: 'places',
      label: t('place.chat'),
      keywords: ['Chat'],
      icon: <MessageSquare />,
      shortcut: 'Mod+1',
      run: () => goTo(newChat),
    },
    {
      id: 'documents',
      group: 'places',
      label: t('place.documents'),
      keywords: ['Documents'],
      icon: <BookOpen />,
      shortcut: 'Mod+2',
      run: () => goTo({ name: 'documents' }),
    },
    {
      id: 'spend',
      group: 'places',
      label: t('place.spend'),
      keywords: ['Spend'],
      icon: <ChartColumn />,
      shortcut: 'Mod+3',
      run: () => goTo({ name: 'spend' }),
    },
    {
      id: 'settings',
      group: 'places',
      label: t('place.settings'),
      keywords: ['Settings'],
      icon: <Settings />,
      shortcut: 'Mod+,',
      run: () => goTo({ name: 'settings' }),
    },
    {
      id: 'library',
      group: 'places',
      label: t('library:title'),
      keywords: ['Library'],
      icon: <Library />,
      run: () => goTo({ name: 'library' }),
    },
  ];
}

function useActionCommands(place: Place): SearchCommand[] {
  const { t } = useTranslation(['shell', 'palette']);
  const always: SearchCommand[] = [
    { id: 'new-chat', group: 'actions', label: t('sidebar.newChat'), icon: <Plus />, shortcut: 'Mod+N', run: () => goTo(newChat) },
    {
      id: 'shortcuts',
      group: 'actions',
      label: t('palette:command.shortcuts'),
      icon: <Keyboard />,
      shortcut: 'Mod+/',
      run: () => showShortcutList(true),
    },
  ];
  if (place.name !== 'chat') return always;
  const { conversationId } = place;
  return [
    ...always,
    ...(conversationId === null
      ? []
      : [
          {
            id: 'find',
            group: 'actions',
            label: t('palette:command.find'),
            icon: <TextSearch />,
            shortcut: 'Mod+F',
            run: () => openFind(conversationId),
          } as const,
        ]),
    {
      id: 'model',
      group: 'actions',
      label: t('palette:command.chooseModel'),
      icon: <Cpu />,
      shortcut: 'Mod+Shift+M',
      run: () => showModelPicker(true),
    },
    {
      id: 'inspector',
      group: 'actions',
      label: t('palette:command.inspector'),
      icon: <PanelRight />,
      shortcut: 'Mod+.',
      run: toggleInspector,
    },
  ];
}

function useLibraryCommands(place: Place): SearchCommand[] {
  const { t } = useTranslation(['library', 'palette']);
  const { assistants = [], prompts = [] } = useQuery(queries.library()).data ?? {};
  return [
    ...assistants.map((assistant): SearchCommand => ({
      id: `assistant ${assistant.id}`,
      group: 'assistants',
      label: t('assistants.newChatWith', { name: assistant.name }),
      keywords: [assistant.name],
      icon: <Bot />,
      run: () => beginWith(assistant),
    })),
    ...prompts.map((prompt): SearchCommand => ({
      id: `prompt ${prompt.id}`,
      group: 'prompts',
      label: t('palette:command.prompt', { name: prompt.name }),
      keywords: [prompt.name],
      icon: <TextQuote />,
      run() {
        if (place.name !== 'chat') goTo(newChat);
        offerPrompt(prompt);
      },
    })),
  ];
}

function useSettingCommands(): SearchCommand[] {
  const { t } = useTranslation(['shell', 'palette', 'settings']);
  const sentence = useErrorSentence();
  const { data } = useQuery(queries.settings());
  const change = (values: Partial<SettingsValues>) =>
    void rpc.call('settings.update', values).catch((error: unknown) => toast.error(sentence(failureOf(error)).title));
  const sizes = fontSizes.filter((size) => data !== undefined && size !== data.fontSizePx);
  const larger = sizes.find((size) => size > (data?.fontSizePx ?? 0));
  const smaller = sizes.findLast((size) => size < (data?.fontSizePx ?? 0));
  const sizeCommand = (id: string, label: string, fontSizePx: number | undefined): SearchCommand[] =>
    fontSizePx === undefined
      ? []
      : [{ id, group: 'settings', label, keywords: ['font size'], icon: <Type />, run: () => change({ fontSizePx }) }];
  return [
    {
      id: 'theme',
      group: 'settings',
      label: t('theme.toggle'),
      keywords: ['theme'],
      icon: <SunMoon />,
      shortcut: 'Shift+D',
      run: () => change({ theme: oppositeTheme(data?.theme ?? 'system') }),
    },
    ...themes.map((theme): SearchCommand => ({
      id: `theme ${theme}`,
      group: 'settings',
      label: t('palette:command.theme', { name: t(`settings:general.themes.${theme}`) }),
      keywords: ['theme', theme],
      icon: <SunMoon />,
      run: () => change({ theme }),
    })),
    ...languages.map((locale): SearchCommand => ({
      id: `language ${locale}`,
      group: 'settings',
      label: t('palette:command.language', { name: t(`settings:general.languages.${locale}`) }),
      keywords: ['language', '言語'],
      icon: <Languages />,
      run: () => change({ locale }),
    })),
    ...sizeCommand('larger', t('palette:command.larger'), larger),
    ...sizeCommand('smaller', t('palette:command.smaller'), smaller),
  ];
}
