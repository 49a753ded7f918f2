import { Copy, Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useExportActions } from '../features/history/export/use-export-actions.ts';
import type { SearchCommand } from '../features/search/palette-choice.ts';
import { askToExport } from '../navigation/export-store.ts';
import type { Place } from '../navigation/place.ts';

/** Taking the conversation that is open out of Tally. */
export function useExportCommands(place: Place): SearchCommand[] {
  const { t } = useTranslation('portable');
  const { copy } = useExportActions();
  const conversationId = place.name === 'chat' ? place.conversationId : null;
  if (conversationId === null) return [];
  return [
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
