import { Copy, Download, Upload } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useExportActions } from '../features/history/export/use-export-actions.ts';
import type { SearchCommand } from '../features/search/palette-choice.ts';
import { askToExport } from '../navigation/export-store.ts';
import { showImport } from '../navigation/import-store.ts';
import type { Place } from '../navigation/place.ts';

/** Bringing conversations in, and taking the one that is open out. */
export function useFileCommands(place: Place): SearchCommand[] {
  const { t } = useTranslation('portable');
  const { copy } = useExportActions();
  const conversationId = place.name === 'chat' ? place.conversationId : null;
  const bringIn: SearchCommand = {
    id: 'import',
    group: 'actions',
    label: t('import.title'),
    keywords: ['import', 'ChatGPT'],
    icon: <Upload />,
    run: () => showImport(true),
  };
  if (conversationId === null) return [bringIn];
  return [
    bringIn,
    {
      id: 'export',
      group: 'actions',
      label: t('export.openThis'),
      keywords: ['export', 'save', 'Markdown', 'JSON'],
      icon: <Download />,
      run: () => askToExport(conversationId),
    },
    {
      id: 'copy-markdown',
      group: 'actions',
      label: t('export.copyThis'),
      keywords: ['copy', 'Markdown'],
      icon: <Copy />,
      run: () => void copy(conversationId),
    },
  ];
}
