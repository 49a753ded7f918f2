import { useMutation } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useDeferredValue } from 'react';
import { useTranslation } from 'react-i18next';
import { toast } from 'sonner';
import { maxFileBytes } from '../../../shared/file-limits.ts';
import { Alert } from '../../components/ui/alert.tsx';
import { failureOf, useErrorSentence } from '../../components/error-sentence.ts';
import { Button } from '../../components/ui/button.tsx';
import { Card } from '../../components/ui/card.tsx';
import { IconButton } from '../../components/ui/icon-button.tsx';
import { useFormat } from '../../lib/format.ts';
import { mutation } from '../../rpc/queries.ts';
import type { SkipReason, SkippedFile } from './picked-file.ts';
import { UploadRow } from './upload-row.tsx';
import { clearNotices, useUploads, type ReplacedFile } from './upload-store.ts';

/** Rows drawn of uploads that wait; a folder may bring thousands. */
const maxRows = 10;
const skipReasons: readonly SkipReason[] = ['tooLarge', 'ignored', 'media', 'hidden', 'dependency'];

function SkippedNotice({ skipped }: { skipped: readonly SkippedFile[] }) {
  const { t } = useTranslation('documents');
  const common = useTranslation('common').t;
  const format = useFormat();
  const counts = skipReasons
    .map((reason) => ({ reason, count: skipped.filter((file) => file.reason === reason).length }))
    .filter(({ count }) => count > 0);
  const limit = format.bytes(maxFileBytes);
  return (
    <Alert
      tone="warn"
      title={t('skipped.title', { count: skipped.length, formatted: format.count(skipped.length) })}
      action={
        <IconButton label={common('close')} size="sm" onClick={clearNotices}>
          <X className="size-4" aria-hidden />
        </IconButton>
      }
    >
      <p>{counts.map(({ reason, count }) => t(`skipped.${reason}`, { formatted: format.count(count), limit })).join(' · ')}</p>
      <details className="mt-1">
        <summary className="w-fit text-sm text-muted hover:text-ink">{t('skipped.show')}</summary>
        <ul className="mt-1 max-h-40 overflow-y-auto text-sm">
          {skipped.slice(0, 500).map((file) => (
            <li key={file.path} className="truncate">
              {file.path}
            </li>
          ))}
        </ul>
      </details>
    </Alert>
  );
}

function ReplacedNotice({ replaced }: { replaced: readonly ReplacedFile[] }) {
  const { t } = useTranslation('documents');
  const common = useTranslation('common').t;
  const format = useFormat();
  const sentenceOf = useErrorSentence();
  const keep = useMutation({ ...mutation('documents.keepBoth'), onError: (error) => void toast.error(sentenceOf(failureOf(error)).title) });
  const [first] = replaced;
  if (first === undefined) return null;

  function keepBoth(): void {
    for (const { documentId, version } of replaced) keep.mutate({ documentId, version });
    clearNotices();
  }

  return (
    <Alert
      action={
        <span className="flex shrink-0 items-center gap-1">
          <Button size="sm" onClick={keepBoth}>
            {t('keepBoth')}
          </Button>
          <IconButton label={common('close')} size="sm" onClick={clearNotices}>
            <X className="size-4" aria-hidden />
          </IconButton>
        </span>
      }
    >
      {t('replaced', { count: replaced.length, formatted: format.count(replaced.length), name: first.name })}
    </Alert>
  );
}

/** What is on its way, what was left out, and what was there already. Nothing when there is nothing to say. */
export function UploadList() {
  const { t } = useTranslation('documents');
  const format = useFormat();
  const { uploads, skipped, alreadyPresent, replaced } = useDeferredValue(useUploads());
  const [firstPresent] = alreadyPresent;
  if (uploads.length === 0 && skipped.length === 0 && firstPresent === undefined && replaced.length === 0) return null;
  const shown = uploads.filter(({ state }) => state !== 'waiting').concat(uploads.filter(({ state }) => state === 'waiting'));
  const hiddenCount = Math.max(0, shown.length - maxRows);
  return (
    <div className="mb-5 flex flex-col gap-3">
      {skipped.length > 0 && <SkippedNotice skipped={skipped} />}
      <ReplacedNotice replaced={replaced} />
      {firstPresent !== undefined && (
        <Alert>
          {t('alreadyPresent', { count: alreadyPresent.length, formatted: format.count(alreadyPresent.length), name: firstPresent })}
        </Alert>
      )}
      {uploads.length > 0 && (
        <Card>
          <ul>
            {shown.slice(0, maxRows).map((upload) => (
              <UploadRow key={upload.key} upload={upload} />
            ))}
            {hiddenCount > 0 && (
              <li className="px-3 py-2 text-sm text-muted">
                {t('moreWaiting', { count: hiddenCount, formatted: format.count(hiddenCount) })}
              </li>
            )}
          </ul>
        </Card>
      )}
    </div>
  );
}
