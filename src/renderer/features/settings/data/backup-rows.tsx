import { ArchiveRestore, DatabaseBackup } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { ErrorMessage } from '../../../components/error-message.tsx';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { Alert } from '../../../components/ui/alert.tsx';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { FileInput } from '../../../components/ui/file-input.tsx';
import { Spinner } from '../../../components/ui/spinner.tsx';
import { useFormat } from '../../../lib/format.ts';
import { saveBackup } from '../../../rpc/save-backup.ts';
import { SettingsRow } from '../settings-section.tsx';
import { useRestore } from './use-restore.ts';

/** Everything out into one file, and back in from one. */
export function BackupRows() {
  const { t } = useTranslation('portable');
  const sentence = useErrorSentence();
  const [isMaking, setIsMaking] = useState(false);
  const [isRestoring, setIsRestoring] = useState(false);

  async function make(): Promise<void> {
    setIsMaking(true);
    try {
      await saveBackup();
    } catch (error) {
      const { title, help } = sentence(failureOf(error));
      toast.error(title, { description: help });
    } finally {
      setIsMaking(false);
    }
  }

  return (
    <>
      <SettingsRow label={t('backup.make')} hint={t('backup.makeHint')}>
        <Button busy={isMaking} onClick={() => void make()}>
          <DatabaseBackup className="size-4" aria-hidden />
          {t('backup.makeButton')}
        </Button>
      </SettingsRow>
      <SettingsRow label={t('backup.restore')} hint={t('backup.restoreHint')}>
        <Button onClick={() => setIsRestoring(true)}>
          <ArchiveRestore className="size-4" aria-hidden />
          {t('backup.restoreButton')}
        </Button>
      </SettingsRow>
      <RestoreDialog isOpen={isRestoring} onClose={() => setIsRestoring(false)} />
    </>
  );
}

function RestoreDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation(['portable', 'common']);
  const format = useFormat();
  const inputRef = useRef<HTMLInputElement>(null);
  const { phase, read, restore, leave } = useRestore((keptAs) => {
    onClose();
    toast.success(t('backup.restored'), { description: t('backup.kept', { file: keptAs }), duration: 20_000 });
  });
  const close = (): void => {
    // What has begun goes to its end.
    if (phase.name === 'restoring') return;
    leave();
    onClose();
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => !open && close()}
      title={t('backup.restore')}
      footer={
        <>
          <Button disabled={phase.name === 'restoring'} onClick={close}>
            {t('common:cancel')}
          </Button>
          {phase.name === 'choosing' && (
            <Button variant="primary" onClick={() => inputRef.current?.click()}>
              {t('backup.choose')}
            </Button>
          )}
          {phase.name === 'looking' && (
            <Button variant="primary" onClick={() => void restore(phase.fileId)}>
              {t('backup.replace')}
            </Button>
          )}
        </>
      }
    >
      {phase.name === 'choosing' && (
        <div className="flex flex-col gap-3">
          {phase.failure !== null && <ErrorMessage failure={phase.failure} />}
          <p>{t('backup.intro')}</p>
        </div>
      )}
      {(phase.name === 'reading' || phase.name === 'restoring') && (
        <output className="flex items-center gap-2 text-muted">
          <Spinner />
          {t(phase.name === 'reading' ? 'backup.reading' : 'backup.restoring')}
        </output>
      )}
      {phase.name === 'looking' && (
        <div className="flex flex-col gap-3">
          <div>
            <p className="text-lg font-semibold">{format.dateTime(phase.backup.madeAt)}</p>
            <p className="text-muted">
              {t('backup.conversations', {
                formatted: format.count(phase.backup.conversationCount),
                count: phase.backup.conversationCount,
              })}
              {' · '}
              {t('backup.documents', { formatted: format.count(phase.backup.documentCount), count: phase.backup.documentCount })}
            </p>
          </div>
          <Alert tone="warn">{t('backup.warning')}</Alert>
        </div>
      )}
      <FileInput
        ref={inputRef}
        label={t('backup.choose')}
        accept=".gz,application/gzip"
        onFiles={([file]) => file !== undefined && void read(file)}
      />
    </Dialog>
  );
}
