import { Download, Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { failureOf, useErrorSentence } from '../../../components/error-sentence.ts';
import { Button } from '../../../components/ui/button.tsx';
import { Card } from '../../../components/ui/card.tsx';
import { showImport } from '../../../navigation/import-store.ts';
import { saveConversations } from '../../../rpc/save-conversations.ts';
import { BackupRows } from './backup-rows.tsx';
import { SettingsRow, SettingsSection } from '../settings-section.tsx';

/** What is a person's own goes out as files, and comes in from them. */
export function DataSection() {
  const { t } = useTranslation('portable');
  const sentence = useErrorSentence();
  const [isSaving, setIsSaving] = useState(false);

  async function saveAll(): Promise<void> {
    setIsSaving(true);
    try {
      await saveConversations(null, 'tally-conversations');
    } catch (error) {
      toast.error(sentence(failureOf(error)).title);
    } finally {
      setIsSaving(false);
    }
  }

  return (
    <SettingsSection title={t('data.title')}>
      <Card className="divide-y">
        <SettingsRow label={t('import.title')} hint={t('data.importHint')}>
          <Button onClick={() => showImport(true)}>
            <Upload className="size-4" aria-hidden />
            {t('data.import')}
          </Button>
        </SettingsRow>
        <SettingsRow label={t('data.exportAll')} hint={t('data.exportAllHint')}>
          <Button busy={isSaving} onClick={() => void saveAll()}>
            <Download className="size-4" aria-hidden />
            {t('data.export')}
          </Button>
        </SettingsRow>
        <BackupRows />
      </Card>
    </SettingsSection>
  );
}
