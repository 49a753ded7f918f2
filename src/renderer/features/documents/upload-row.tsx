import { RotateCw, X } from 'lucide-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorSentence } from '../../components/error-sentence.ts';
import { Badge } from '../../components/ui/badge.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { useFormat } from '../../lib/format.ts';
import { DocumentName } from './document-row.tsx';
import { ProgressState } from './document-state.tsx';
import { dismissUpload, retryUpload, type Upload } from './upload-store.ts';

function UploadState({ upload }: { upload: Upload }) {
  const { t } = useTranslation('documents');
  const format = useFormat();
  if (upload.state === 'failed')
    return (
      <Badge tone="danger" className="justify-self-start">
        {t('state.uploadFailed')}
      </Badge>
    );
  if (upload.state === 'waiting') return <span className="text-sm text-muted">{t('state.uploadWaiting')}</span>;
  return <ProgressState text={t('state.uploading', { percent: format.percent(upload.share) })} value={upload.share} />;
}

/** A file that is not a document yet: waiting, being sent, or refused. */
export const UploadRow = memo(function UploadRow({ upload }: { upload: Upload }) {
  const { t } = useTranslation('documents');
  const common = useTranslation('common').t;
  const format = useFormat();
  const sentenceOf = useErrorSentence();
  const name = upload.picked.path;
  const { file } = upload.picked;
  const isFailed = upload.state === 'failed';
  const sentence = upload.failure === null ? null : sentenceOf(upload.failure);
  const below =
    sentence === null ? (
      <p className="text-sm text-muted">{format.bytes(file.size)}</p>
    ) : (
      <p className="text-sm text-danger">{sentence.text}</p>
    );
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_10.5rem_4.5rem] items-center gap-x-4 border-b px-3 py-2.5 last:border-b-0">
      <DocumentName name={name} mediaType={file.type} below={below} />
      <UploadState upload={upload} />
      <div className="flex justify-end gap-1">
        {isFailed && (
          <IconButton label={common('retry')} size="sm" onClick={() => retryUpload(upload.key)}>
            <RotateCw className="size-4" aria-hidden />
          </IconButton>
        )}
        <IconButton
          label={t(isFailed ? 'dismissUpload' : 'cancelUpload', { name })}
          size="sm"
          tooltipSide="left"
          onClick={() => dismissUpload(upload.key)}
        >
          <X className="size-4" aria-hidden />
        </IconButton>
      </div>
    </li>
  );
});
