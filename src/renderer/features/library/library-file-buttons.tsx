import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { FileInput } from '../../components/ui/file-input.tsx';
import { rpc } from '../../rpc/connection.ts';
import { saveFile } from '../../lib/save-file.ts';

/** Far above any real library, and below what one call may carry. */
const maxFileBytes = 2_000_000;

/** The library out into a file, and in from one. */
export function LibraryFileButtons({ canExport }: { canExport: boolean }) {
  const { t } = useTranslation('library');
  const sentence = useErrorSentence();
  const inputRef = useRef<HTMLInputElement>(null);

  function report(error: unknown): void {
    const { title, help } = sentence(failureOf(error));
    toast.error(title, { description: help });
  }

  async function importFile(file: File): Promise<void> {
    if (file.size > maxFileBytes) return void toast.error(t('file.tooLarge', { name: file.name }));
    const { addedCount, presentCount, renamedCount } = await rpc.call('library.import', { json: await file.text() });
    const details = [
      presentCount > 0 && t('file.present', { count: presentCount }),
      renamedCount > 0 && t('file.renamed', { count: renamedCount }),
    ].filter((detail) => detail !== false);
    toast.success(t('file.added', { count: addedCount }), { description: details.join(' ') });
  }

  async function exportFile(): Promise<void> {
    const { json } = await rpc.call('library.export', undefined);
    saveFile('tally-library.json', json, 'application/json');
  }

  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => inputRef.current?.click()}>
        {t('file.import')}
      </Button>
      <Button size="sm" variant="ghost" disabled={!canExport} onClick={() => void exportFile().catch(report)}>
        {t('file.export')}
      </Button>
      <FileInput
        ref={inputRef}
        label={t('file.import')}
        accept=".json,application/json"
        onFiles={([file]) => file !== undefined && void importFile(file).catch(report)}
      />
    </>
  );
}
