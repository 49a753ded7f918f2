import { Upload } from 'lucide-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { FileInput } from '../../../components/ui/file-input.tsx';
import { Progress } from '../../../components/ui/progress.tsx';
import { useFormat } from '../../../lib/format.ts';
import { showImport, useImportDialog } from '../../../navigation/import-store.ts';
import { rpc } from '../../../rpc/connection.ts';
import { ImportSummary } from './import-summary.tsx';
import { useImport, type Imported } from './use-import.ts';

/** Imports conversations: choose a file, see what is in it, add it. Mounted once; `showImport` opens it. */
export function ImportDialog() {
  const { t } = useTranslation(['portable', 'common']);
  const { isOpen } = useImportDialog();
  const inputRef = useRef<HTMLInputElement>(null);
  const notifyDone = useDoneNotice();
  const { phase, read, add, cancel } = useImport((imported) => {
    showImport(false);
    notifyDone(imported);
  });
  const close = (): void => {
    cancel();
    showImport(false);
  };
  const choose = (): void => inputRef.current?.click();
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => !open && close()}
      title={t('import.title')}
      footer={
        <>
          <Button onClick={close}>{t('common:cancel')}</Button>
          {phase.name === 'choosing' && (
            <Button variant="primary" onClick={choose}>
              <Upload className="size-4" aria-hidden />
              {t('import.choose')}
            </Button>
          )}
          {phase.name === 'looking' && (
            <Button variant="primary" disabled={phase.preview.newCount === 0} onClick={() => void add(phase.fileId)}>
              {t('import.add', { count: phase.preview.newCount })}
            </Button>
          )}
        </>
      }
    >
      {phase.name === 'choosing' && (
        <div className="flex flex-col gap-3">
          {phase.failure !== null && <ErrorMessage failure={phase.failure} />}
          <p>{t('import.intro')}</p>
          <p className="text-muted">{t('import.costs')}</p>
        </div>
      )}
      {phase.name === 'reading' && <Bar label={t('import.reading', { name: phase.fileName })} share={phase.share} />}
      {phase.name === 'adding' && <Bar label={t('import.adding')} share={phase.share} />}
      {phase.name === 'looking' && <ImportSummary fileName={phase.fileName} preview={phase.preview} />}
      <FileInput
        ref={inputRef}
        label={t('import.choose')}
        accept=".zip,.json,application/zip,application/json"
        onFiles={([file]) => file !== undefined && void read(file)}
      />
    </Dialog>
  );
}

function Bar({ label, share }: { label: string; share: number }) {
  const format = useFormat();
  return (
    <div className="flex flex-col gap-2">
      <p className="flex justify-between gap-4">
        <span className="min-w-0 truncate">{label}</span>
        <span className="text-muted tabular">{format.percent(share)}</span>
      </p>
      <Progress value={share} label={label} />
    </div>
  );
}

/** Says what was added, with a way back. */
function useDoneNotice(): (imported: Imported) => void {
  const { t } = useTranslation(['portable', 'common']);
  const sentence = useErrorSentence();
  return ({ importId, addedCount }) => {
    const undo = (): void =>
      void rpc.call('imports.undo', { importId }).catch((error: unknown) => toast.error(sentence(failureOf(error)).title));
    toast.success(t('import.done', { count: addedCount }), {
      duration: 20_000,
      ...(addedCount > 0 && { action: { label: t('common:undo'), onClick: undo } }),
    });
  };
}
