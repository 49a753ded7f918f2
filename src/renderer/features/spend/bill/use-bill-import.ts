import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import type { BillImport } from '../../../../shared/contract/bill.ts';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { useFormat } from '../../../lib/format.ts';
import { rpc } from '../../../rpc/connection.ts';
import { toBase64 } from '../../../rpc/upload-file.ts';

/** What one call may carry, gzipped and in base64. */
const maxPackedChars = 3_500_000;
/** Beyond this a file is not even read. */
const maxFileBytes = 32 * 1024 * 1024;

/** The file gzipped, as `bill.import` takes it; null when it is too large. */
async function pack(file: File): Promise<string | null> {
  if (file.size > maxFileBytes) return null;
  const packed = await new Response(file.stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  const text = toBase64(new Uint8Array(packed));
  return text.length > maxPackedChars ? null : text;
}

/** Takes in bills, one after another in the order given, and says of each what it came to. */
export function useBillImport(): (files: readonly File[]) => Promise<void> {
  const { t } = useTranslation('bill');
  const format = useFormat();
  const sentence = useErrorSentence();

  function report(name: string, { isKnown, file, newLineCount, changedLineCount, hasMorePages }: BillImport): void {
    if (isKnown) return void toast(t('imported.known', { name }));
    const details = [
      changedLineCount > 0 && t('imported.changed', { count: changedLineCount, formatted: format.count(changedLineCount) }),
      file.badRowCount > 0 && t('imported.bad', { count: file.badRowCount, formatted: format.count(file.badRowCount) }),
      hasMorePages && t('imported.more'),
    ].filter((detail) => detail !== false);
    toast.success(t('imported.new', { name, count: newLineCount, formatted: format.count(newLineCount) }), {
      description: details.join(' '),
    });
  }

  return async (files) => {
    for (const file of files) {
      try {
        const gzipBase64 = await pack(file);
        if (gzipBase64 === null) toast.error(t('tooLarge', { name: file.name }));
        else report(file.name, await rpc.call('bill.import', { name: file.name.slice(0, 300), gzipBase64 }));
      } catch (error) {
        const { title, help } = sentence(failureOf(error));
        toast.error(title, { description: help });
      }
    }
  };
}
