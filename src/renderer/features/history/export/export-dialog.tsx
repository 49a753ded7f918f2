import { Copy, Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../../components/ui/button.tsx';
import { Dialog } from '../../../components/ui/dialog.tsx';
import { Segments } from '../../../components/ui/segments.tsx';
import { Switch } from '../../../components/ui/switch.tsx';
import { useExport } from '../../../navigation/export-store.ts';
import { useExportActions } from './use-export-actions.ts';

const formats = ['markdown', 'json'] as const;
type FileFormat = (typeof formats)[number];

const close = (): void => useExport.setState({ conversationId: null });

/** Asks how a conversation is to leave Tally. Mounted once; `askToExport` opens it. */
export function ExportDialog() {
  const { t } = useTranslation('portable');
  const { conversationId } = useExport();
  const [format, setFormat] = useState<FileFormat>('markdown');
  const [withCosts, setWithCosts] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const actions = useExportActions();

  async function run(work: (id: string) => Promise<void>): Promise<void> {
    if (conversationId === null) return;
    setIsBusy(true);
    await work(conversationId);
    setIsBusy(false);
    close();
  }

  return (
    <Dialog
      open={conversationId !== null}
      onOpenChange={(isOpen) => !isOpen && close()}
      title={t('export.title')}
      className="w-[min(26rem,calc(100vw-2rem))]"
      footer={
        <>
          {format === 'markdown' && (
            <Button busy={isBusy} onClick={() => void run((id) => actions.copy(id, withCosts))}>
              <Copy className="size-4" aria-hidden />
              {t('export.copyButton')}
            </Button>
          )}
          <Button
            variant="primary"
            busy={isBusy}
            onClick={() => void run((id) => (format === 'json' ? actions.saveJson(id) : actions.saveMarkdown(id, withCosts)))}
          >
            <Download className="size-4" aria-hidden />
            {t('export.save')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <div className="flex flex-col gap-2">
          <Segments
            label={t('export.format')}
            value={format}
            options={formats.map((value) => ({ value, label: t(`export.formats.${value}`) }))}
            className="self-start"
            onChange={setFormat}
          />
          <p className="text-sm text-pretty text-muted">{t(`export.hints.${format}`)}</p>
        </div>
        {format === 'markdown' && (
          <Switch
            label={t('export.withCosts')}
            description={t('export.withCostsHint')}
            checked={withCosts}
            onCheckedChange={setWithCosts}
          />
        )}
      </div>
    </Dialog>
  );
}
