import { Download, Printer, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../components/ui/menu.tsx';
import { mediaTypes, saveFile } from '../../lib/save-file.ts';
import { rpc } from '../../rpc/connection.ts';
import { DeleteHistoryDialog } from './delete-history-dialog.tsx';
import type { DayRange } from './spend-range.ts';

async function saveRecords(range: DayRange, format: 'csv' | 'json'): Promise<void> {
  const pieces: string[] = [];
  for await (const piece of rpc.stream('spend.export', { ...range, format }, { signal: new AbortController().signal })) pieces.push(piece);
  saveFile(`tally-calls-${range.from}-${range.to}.${format}`, pieces, mediaTypes[format]);
}

/** What leaves the page: every call of the period as a file, the page on paper; and deleting history. */
export function ExportMenu({ range }: { range: DayRange }) {
  const { t } = useTranslation('spend');
  const sentenceOf = useErrorSentence();
  const [isDeleting, setIsDeleting] = useState(false);
  const save = (format: 'csv' | 'json') =>
    void saveRecords(range, format).catch((error: unknown) => {
      const { title, help } = sentenceOf(failureOf(error));
      toast.error(title, { description: help });
    });
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('out.menu')} tooltipSide="bottom" className="print:hidden">
            <Download className="size-4" aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Download />} onSelect={() => save('csv')}>
          {t('out.csv')}
        </MenuItem>
        <MenuItem icon={<Download />} onSelect={() => save('json')}>
          {t('out.json')}
        </MenuItem>
        <MenuItem icon={<Printer />} onSelect={() => window.print()}>
          {t('out.print')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<Trash2 />} danger onSelect={() => setIsDeleting(true)}>
          {t('deletion.open')}
        </MenuItem>
      </Menu>
      {isDeleting && <DeleteHistoryDialog range={range} onClose={() => setIsDeleting(false)} />}
    </>
  );
}
