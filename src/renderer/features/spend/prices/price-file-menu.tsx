import { ArrowDownUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { PriceImport } from '../../../../shared/contract/prices.ts';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { IconButton } from '../../../components/ui/icon-button.tsx';
import { FileInput } from '../../../components/ui/file-input.tsx';
import { Menu, MenuItem } from '../../../components/ui/menu.tsx';
import { mediaTypes, saveFile } from '../../../lib/save-file.ts';
import { rpc } from '../../../rpc/connection.ts';
import { PriceImportDialog } from './price-import-dialog.tsx';

/** Far above any list of one's own, and what one call may carry. */
const maxFileBytes = 2_000_000;

/** The user's own prices out into a file, and in from one, after a look at what it would do. */
export function PriceFileMenu() {
  const { t } = useTranslation('prices');
  const sentence = useErrorSentence();
  const inputRef = useRef<HTMLInputElement>(null);
  const [read, setRead] = useState<{ text: string; preview: PriceImport } | null>(null);

  function report(error: unknown): void {
    const { title, help } = sentence(failureOf(error));
    toast.error(title, { description: help });
  }

  async function save(format: 'csv' | 'json'): Promise<void> {
    const { text } = await rpc.call('prices.export', { format });
    saveFile(`tally-prices.${format}`, text, mediaTypes[format]);
  }

  async function readFile(file: File): Promise<void> {
    if (file.size > maxFileBytes) return void toast.error(t('file.tooLarge', { name: file.name }));
    const text = await file.text();
    setRead({ text, preview: await rpc.call('prices.previewImport', { text }) });
  }

  return (
    <>
      <Menu
        trigger={
          <IconButton size="sm" label={t('file.menu')}>
            <ArrowDownUp className="size-4" aria-hidden />
          </IconButton>
        }
      >
        <MenuItem onSelect={() => inputRef.current?.click()}>{t('file.import')}</MenuItem>
        <MenuItem onSelect={() => void save('csv').catch(report)}>{t('file.csv')}</MenuItem>
        <MenuItem onSelect={() => void save('json').catch(report)}>{t('file.json')}</MenuItem>
      </Menu>
      <FileInput
        ref={inputRef}
        label={t('file.import')}
        accept=".csv,.json,text/csv,application/json"
        onFiles={([file]) => file !== undefined && void readFile(file).catch(report)}
      />
      {read !== null && <PriceImportDialog {...read} onClose={() => setRead(null)} />}
    </>
  );
}
